package com.example.snippets;

import static dev.sallyport.testkit.AuthResultAssert.assertThatResult;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import dev.sallyport.testkit.Secrets;
import dev.sallyport.testkit.TestRequest;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenAuthenticator;
import dev.sallyport.token.Tokens;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** docs/coming-from-drf.md does what it says. */
class DrfSnippetsTest {
  private static final String KEY = "9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b";

  /** What the page's SQL gives for the key. */
  private static final String HASH = "XMHpETu6pwQMTg--gOpqp0PjSt04DFlqvl_lhOzog-w";

  private final AccountStore users = CredentialStore.inMemory();
  private final Sallyport auth = Sallyport.of(users, TokenStore.inMemory());

  private User dora() {
    // As Django's own tests have it.
    String stored = "pbkdf2_sha256$12000$seasalt$Ybw8zsFxqja97tY/o6G+Fy1ksY4U/Hw3DRrGED6Up4s=";
    assertThat(
            DrfSnippets.moveUser(users, new DrfSnippets.OldUser("7", "dora", stored, true, true)))
        .isEqualTo(AccountStore.Change.DONE);
    return users.findById("7").orElseThrow();
  }

  @Test
  @DisplayName("DO-3 docs/coming-from-drf.md: a user and a token move over, the token by its hash")
  void moves() {
    Secrets.remember(KEY);
    User dora = dora();
    assertThat(dora.principal().hasRole("staff")).isTrue();
    assertThat(DrfSnippets.moveToken(auth, dora, KEY)).isPresent();
    assertThat(DrfSnippets.moveToken(auth, dora, KEY)).isEmpty();
    assertThat(SecretDigest.stored(HASH)).isEqualTo(SecretDigest.of(KEY));
    Tokens importing = Tokens.builder(auth).acceptImported().build();
    assertThatResult(
            TokenAuthenticator.of(importing)
                .authenticate(TestRequest.get("/").authorization("Token " + KEY).build()))
        .isAuthenticatedAs("dora");
    assertThat(DrfSnippets.moveUser(users, new DrfSnippets.OldUser("8", "Dora", "!", true, false)))
        .isEqualTo(AccountStore.Change.NAME_TAKEN);
  }

  @Test
  @DisplayName("DO-3 docs/coming-from-drf.md: DRF's classes, knox's settings")
  void settings() {
    User dora = dora();
    Tokens tokens = DrfSnippets.knox(auth);
    for (int i = 0; i < 10; i++) {
      String token = tokens.issue(dora, NewToken.standard()).orElseThrow().token().reveal();
      Secrets.remember(token);
      assertThat(token).startsWith("acme_");
    }
    assertThat(tokens.issue(dora, NewToken.standard())).hasToString("TooMany[]");
    String own = Tokens.of(auth).issue(dora, NewToken.standard()).orElseThrow().token().reveal();
    assertThatResult(
            DrfSnippets.guard(auth)
                .chain()
                .authenticate(TestRequest.get("/").authorization("Bearer " + own).build()))
        .isAuthenticatedAs("dora");
  }
}
