package com.example.apikey;

import static dev.sallyport.testkit.AuthResultAssert.assertThatResult;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthResult;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Rejected;
import dev.sallyport.TransportSecurity;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import dev.sallyport.testkit.TestRequest;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenAuthenticator;
import dev.sallyport.token.Tokens;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Two schemes behind the one word {@code Bearer}. */
class SharedBearerTest {
  private static final String KEY = ApiKeys.generate(new SecureRandom());

  private final AccountStore users = CredentialStore.inMemory();
  private final User alice = User.builder("1", "alice").build();
  private final Tokens tokens = Tokens.of(Sallyport.of(users, TokenStore.inMemory()));
  private final TokenAuthenticator ours = TokenAuthenticator.of(tokens);
  private final BearerKeyAuthenticator theirs =
      new BearerKeyAuthenticator(
          ApiKeys.parse(List.of("robot:" + ApiKeys.hash(KEY))), TransportSecurity.REQUIRED);

  private List<AuthenticatorChain> bothOrders() {
    users.insert(alice);
    return List.of(AuthenticatorChain.of(ours, theirs), AuthenticatorChain.of(theirs, ours));
  }

  private static AuthResult present(AuthenticatorChain chain, String token) {
    return chain.authenticate(TestRequest.get("/").authorization("Bearer " + token).build());
  }

  @Test
  @DisplayName("CH-8 each takes its own tokens, in either order")
  void eachItsOwn() {
    for (AuthenticatorChain chain : bothOrders()) {
      String token = tokens.issue(alice, NewToken.standard()).orElseThrow().token().reveal();
      assertThatResult(present(chain, token)).isAuthenticatedAs("alice");
      assertThatResult(present(chain, "key_" + KEY)).isAuthenticatedAs("robot");
    }
  }

  @Test
  @DisplayName("CH-8, CH-2 who knows its own refuses it; what nobody knows the chain refuses")
  void refused() {
    for (AuthenticatorChain chain : bothOrders()) {
      String token = tokens.issue(alice, NewToken.standard()).orElseThrow().token().reveal();
      assertThat(((Rejected) present(chain, token + "x")).scheme()).isEqualTo("token");
      assertThat(((Rejected) present(chain, "key_" + "A".repeat(43))).scheme())
          .isEqualTo("bearer-key");
      assertThat(((Rejected) present(chain, "key_")).scheme()).isEqualTo("bearer-key");
      assertThat(present(chain, "somebody.elses")).isInstanceOf(Rejected.class);
    }
  }

  @Test
  @DisplayName("CH-7 the shared challenge stands once, and says that the token is wrong")
  void oneChallenge() {
    for (AuthenticatorChain chain : bothOrders()) {
      var request = TestRequest.get("/").authorization("Bearer key_x").build();
      var refused = (Decision.Refuse) Guard.of(chain).check(request);
      assertThat(
              refused.response().headers().stream()
                  .filter(header -> header.name().equals("WWW-Authenticate"))
                  .map(header -> header.value()))
          .containsExactlyInAnyOrder(
              "Bearer realm=\"api\", error=\"invalid_token\"", "Token realm=\"api\"");
    }
  }
}
