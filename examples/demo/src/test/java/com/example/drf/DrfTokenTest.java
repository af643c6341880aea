package com.example.drf;

import static com.example.drf.Site.PASSWORD;
import static com.example.drf.Site.get;
import static com.example.drf.Site.guard;
import static com.example.drf.Site.post;
import static com.example.drf.Site.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.account.Accounts;
import dev.sallyport.password.Password;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.Lifetime;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import dev.sallyport.testkit.Secrets;
import dev.sallyport.testkit.TestRequest;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenAuthenticator;
import dev.sallyport.token.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** docs/coming-from-drf.md: what is the same as in DRF's TokenAuthentication and authtoken. */
class DrfTokenTest {
  private static final String OLD_KEY = "9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b";

  private final Site site = new Site(Tokens.Builder::acceptImported);

  DrfTokenTest() {
    Secrets.remember(OLD_KEY);
  }

  @Test
  @DisplayName("DO-3 Authorization: Token, in any letter case")
  void keyword() {
    String token = site.tokenOf(site.alice);
    for (String keyword : new String[] {"Token", "token", "TOKEN"}) {
      assertThat(site.says(keyword + " " + token)).isEqualTo("200 alice");
    }
  }

  @Test
  @DisplayName("DO-3 a subclass with another keyword: keywords()")
  void otherKeyword() {
    TokenAuthenticator keys = TokenAuthenticator.builder(site.tokens).keywords("ApiKey").build();
    String token = site.tokenOf(site.alice);
    assertThat(says(guard(keys), get().authorization("ApiKey " + token))).isEqualTo("200 alice");
    assertThat(says(guard(keys), get().authorization("Token " + token))).startsWith("401 ");
  }

  @Test
  @DisplayName("DO-3 a keyword alone, two words, an unknown token: 401")
  void wrongToken() {
    for (String wrong : new String[] {"", " one two", " " + "0".repeat(40), " sally_0"}) {
      assertThat(site.says("Token" + wrong)).isEqualTo("401 invalid_token");
    }
  }

  @Test
  @DisplayName("DO-3 credentials of another scheme are left to the next")
  void otherScheme() {
    assertThat(says(guard(site.token, site.basic), get().basic("bob", PASSWORD)))
        .isEqualTo("200 bob");
  }

  @Test
  @DisplayName("DO-3 one query a request: the token and its user at once")
  void oneQuery() {
    TokenStore store = mock(TokenStore.class);
    CredentialStore users = mock(CredentialStore.class);
    String token = site.tokenOf(site.alice);
    TokenRecord record = site.tokens.list(site.alice.id()).get(0);
    when(store.find(any(), any(), any(), any()))
        .thenReturn(Optional.of(new TokenStore.Owned(record, site.alice)));
    TokenAuthenticator joined =
        TokenAuthenticator.of(
            Tokens.builder(
                    Sallyport.of(AuthEnvironment.standard().withClock(site.clock), users, store))
                .build());
    assertThat(says(guard(joined), get().authorization("Token " + token))).isEqualTo("200 alice");
    verify(store).find(TokenKind.TOKEN, SecretDigest.of(token), site.clock.instant(), users);
    verifyNoMoreInteractions(store);
    verifyNoInteractions(users);
  }

  @Test
  @DisplayName("DO-3 a key is one user's: a second one with that key is not made")
  void uniqueKey() {
    SecretDigest key = SecretDigest.of(OLD_KEY);
    assertThat(site.tokens.importKey(site.alice, key, NewToken.standard())).isPresent();
    assertThat(site.tokens.importKey(site.bob, key, NewToken.standard())).isEmpty();
    assertThat(site.says("Token " + OLD_KEY)).isEqualTo("200 alice");
    assertThat(site.tokens.list(site.bob.id())).isEmpty();
  }

  @Test
  @DisplayName("DO-3 a key of 40 hex digits works, once imported, for as long as it is wanted")
  void oldKey() {
    NewToken forever = NewToken.labelled("authtoken").lifetime(Lifetime.never());
    site.tokens.importKey(site.alice, SecretDigest.of(OLD_KEY), forever);
    site.clock.advance(Duration.ofDays(36_500));
    assertThat(site.says("Token " + OLD_KEY)).isEqualTo("200 alice");
  }

  @Test
  @DisplayName("DO-3 Token.objects.create: made in code, and when is written down")
  void madeInCode() {
    site.tokenOf(site.alice);
    assertThat(site.tokens.list(site.alice.id()))
        .singleElement()
        .extracting(TokenRecord::createdAt)
        .isEqualTo(site.clock.instant());
  }

  @Test
  @DisplayName("DO-3 a receiver of post_save makes a token for each new user: mintForNewUsers")
  void mintedForNewUsers() {
    List<String> minted = new ArrayList<>();
    Accounts accounts =
        Accounts.builder(site.users, site.passwords)
            .onSignUp(
                site.tokens.mintForNewUsers(
                    NewToken.standard(), (user, issued) -> minted.add(issued.token().reveal())))
            .build();
    accounts.register("carol", Password.of(PASSWORD));
    assertThat(minted).hasSize(1);
    assertThat(site.says("Token " + minted.get(0))).isEqualTo("200 carol");
  }

  @Test
  @DisplayName("DO-3 with the user goes the token; a deactivated user's is refused")
  void userGone() {
    String alices = site.tokenOf(site.alice);
    String bobs = site.tokenOf(site.bob);
    site.accounts.delete(site.alice.id());
    User bob = site.users.findById(site.bob.id()).orElseThrow();
    site.users.update(bob, bob.toBuilder().active(false).build());
    assertThat(site.says("Token " + alices)).isEqualTo("401 invalid_token");
    assertThat(site.says("Token " + bobs)).isEqualTo("401 invalid_token");
  }

  @Test
  @DisplayName("DO-3 no CSRF check for a token")
  void noCsrf() {
    TestRequest elsewhere =
        post()
            .authorization("Token " + site.tokenOf(site.alice))
            .header("Origin", "https://other.example")
            .header("Sec-Fetch-Site", "cross-site");
    assertThat(says(site.guard(), elsewhere)).isEqualTo("200 alice");
  }

  @Test
  @DisplayName("DO-3 a token in the query is not looked at")
  void notFromQuery() {
    TestRequest inQuery = TestRequest.get("/orders?token=" + site.tokenOf(site.alice));
    assertThat(says(site.guard(), inQuery)).isEqualTo("401 authentication_required");
  }
}
