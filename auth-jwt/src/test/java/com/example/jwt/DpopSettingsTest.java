package com.example.jwt;

import static com.example.jwt.JwtSettings.OWN;
import static com.example.jwt.JwtSettings.TRUSTED;
import static com.example.jwt.JwtSettings.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.dpop.DpopProofs;
import dev.sallyport.scheme.ConfigurationException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DpopSettingsTest {
  private static JwtAuthenticator own(String... more) {
    return new JwtSettings().jwt(with(OWN, more));
  }

  @Test
  @DisplayName("SP-1, RFC 9449 a key turns DPoP on; by default it is off")
  void choices() {
    assertThat(own().families().orElseThrow().dpop()).isEmpty();
    assertThat(own("dpop", "off").families().orElseThrow().dpop()).isEmpty();
    DpopProofs allowed = own("dpop", "allowed").families().orElseThrow().dpop().orElseThrow();
    assertThat(allowed.areRequired()).isFalse();
    assertThat(own("dpop", "allowed").authSchemes()).containsExactlyInAnyOrder("Bearer", "DPoP");
    DpopProofs required = own("dpop", "required").families().orElseThrow().dpop().orElseThrow();
    assertThat(required.areRequired()).isTrue();
    assertThat(required.newNonce()).isEmpty();
  }

  @Test
  @DisplayName("SP-2 it contradicts cookies, and has no effect without tokens of our own")
  void contradictions() {
    assertThatThrownBy(() -> own("dpop", "allowed", "delivery", "cookie"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("dpop must be off where delivery is cookie");
    assertThat(own("dpop", "off", "delivery", "cookie").families().orElseThrow().cookies())
        .isPresent();
    assertThatThrownBy(() -> new JwtSettings().jwt(with(TRUSTED, "dpop", "allowed")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("dpop has no effect without issuer");
  }
}
