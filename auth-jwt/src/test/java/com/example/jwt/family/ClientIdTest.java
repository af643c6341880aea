package com.example.jwt.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.sallyport.Authenticated;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.testkit.TestRequest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ClientIdTest {
  private static JwtFixture named(String clientId) {
    return new JwtFixture(JwtFixture.Options.none().issuer(builder -> builder.clientId(clientId)));
  }

  @Test
  @DisplayName("JW-3 the client_id can be set, and both nodes take the token")
  void set() {
    JwtFixture fixture = named("notes-app");
    TokenPair pair = fixture.start();
    assertThat(JwtFixture.claims(pair.accessToken().reveal()).get("client_id").textValue())
        .isEqualTo("notes-app");
    assertTaken(fixture, pair.accessToken().reveal());
    assertThatIllegalArgumentException().isThrownBy(() -> named(""));
  }

  @Test
  @DisplayName("JW-3 a token of ours from before client_id was written is taken until it expires")
  void older() {
    JwtFixture fixture = new JwtFixture();
    String access = fixture.start().accessToken().reveal();
    assertTaken(fixture, Forged.like(access, fixture, claims -> claims.remove("client_id")));
  }

  @Test
  @DisplayName("JW-10 claims of the host that are null are an error that names their source")
  void noClaims() {
    JwtFixture fixture =
        new JwtFixture(JwtFixture.Options.none().issuer(builder -> builder.claims(user -> null)));
    assertThatNullPointerException()
        .isThrownBy(fixture::start)
        .withMessage("JwtIssuer.Builder.claims returned null");
  }

  private static void assertTaken(JwtFixture fixture, String token) {
    assertThat(
            fixture.second.authenticator.authenticate(
                TestRequest.get("/").authorization("Bearer " + token).build()))
        .isInstanceOf(Authenticated.class);
  }
}
