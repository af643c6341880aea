package com.example.jwt.family;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.jwt.JwtIssuer;
import dev.sallyport.jwt.JwtKeys;
import dev.sallyport.jwt.RefreshFamilies;
import dev.sallyport.jwt.SigningKeySet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SharedSecretTest {
  @Test
  @DisplayName("JW-7 one secret in two sets signs something else as well, and is refused")
  void sameSecret() {
    JwtFixture fixture = new JwtFixture();
    SigningKeySet signing = SigningKeySet.of(JwtFixture.FIRST);
    SigningKeySet refresh = SigningKeySet.of(JwtFixture.FIRST);
    JwtIssuer issuer = JwtIssuer.of("i", "a", signing);
    assertThatThrownBy(() -> JwtKeys.of(signing, refresh))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RefreshFamilies.of(issuer, refresh, fixture.store, fixture.users))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
