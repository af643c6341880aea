package com.example.jwt.family;

import static com.example.jwt.family.JwtFixture.AUDIENCE;
import static com.example.jwt.family.JwtFixture.ISSUER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Rejected;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.jwt.refresh.JwtIssuer;
import dev.sallyport.jwt.token.JwtRefusal;
import dev.sallyport.jwt.token.JwtResult;
import dev.sallyport.jwt.token.JwtSigner;
import dev.sallyport.jwt.token.VerifiedJwt;
import dev.sallyport.testkit.Secrets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tokens of a host's own beside its access tokens: same keys, issuer and audience. */
class OwnTokensTest {
  private final JwtFixture fixture = new JwtFixture();
  private final JwtSigner links = signer(fixture.signing);

  private static JwtSigner signer(SigningKeySet keys) {
    return JwtSigner.builder(ISSUER, AUDIENCE, keys)
        .type("download+jwt")
        .lifetime(Duration.ofHours(1))
        .build();
  }

  /** A link that claims all that an access token of alice's does. */
  private String likeAccess() {
    String access = fixture.start().accessToken().reveal();
    Map<String, Object> claims =
        ((VerifiedJwt) fixture.first.issuer.verifier().build().verify(access)).claims();
    String link = links.sign(fixture.alice.id(), claims).reveal();
    Secrets.remember(link);
    return link;
  }

  @Test
  @DisplayName("RFC 8725 section 3.11: a link never passes as an access token, whatever it claims")
  void noAccess() {
    String link = likeAccess();
    assertThat(links.verifier().build().verify(link)).isInstanceOf(VerifiedJwt.class);
    assertThat(fixture.first.issuer.verifier().build().verify(link))
        .isEqualTo(new JwtResult.Refused(JwtRefusal.WRONG_TYPE));
    AuthResult result = fixture.first.authenticator.authenticate(Node.bearer(link).build());
    assertThat(result)
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> assertThat(rejected.reason().name()).isEqualTo("wrong_type"));
  }

  @Test
  @DisplayName("JW-9 a link that names a login ends none")
  void endsNothing() {
    String link = likeAccess();
    fixture.first.authenticator.planLogout(Node.bearer(link).build()).carryOut();
    assertThat(fixture.records()).hasSize(1);
  }

  @Test
  @DisplayName("RFC 8725 section 3.11: an access token never passes as a link")
  void noLink() {
    String access = fixture.start().accessToken().reveal();
    assertThat(links.verifier().build().verify(access))
        .isEqualTo(new JwtResult.Refused(JwtRefusal.WRONG_TYPE));
    assertThat(fixture.first.authenticator.authenticate(Node.bearer(access).build()))
        .isInstanceOf(Authenticated.class);
  }

  @Test
  @DisplayName("JW-7 the secrets of refresh tokens sign nothing else, whichever use comes first")
  void refreshSecrets() {
    JwtKeys keys = JwtKeys.generate(fixture.signing.environment(), JwsAlgorithm.HS256);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> signer(keys.refresh()))
        .withMessageContaining("refresh tokens");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JwtIssuer.of(ISSUER, AUDIENCE, keys.refresh()));
    signer(keys.signing());
    JwtIssuer.of(ISSUER, AUDIENCE, keys.signing());
    SigningKeySet first = SigningKeySet.of(JwtFixture.FIRST);
    SigningKeySet second = SigningKeySet.of(JwtFixture.SECOND);
    signer(first);
    for (SigningKeySet signing : List.of(second, fixture.signing)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> JwtKeys.of(signing, first))
          .withMessageContaining("refresh tokens");
    }
    JwtKeys.of(first, second);
    assertThatIllegalArgumentException().isThrownBy(() -> JwtKeys.of(second, first));
  }
}
