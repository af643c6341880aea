package com.example.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.sallyport.Secret;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A text that only its owner may see. */
class SecretTest {
  private final Secret secret = Secret.of("sally_secret");

  @Test
  @DisplayName("PW-6 a secret shows itself only where it is revealed")
  void hidden() {
    assertThat(secret).hasToString("Secret[hidden]");
    assertThat("token: " + secret).doesNotContain("sally_secret");
    assertThat(String.format("%s", secret)).doesNotContain("sally_secret");
    assertThat(secret.reveal()).isEqualTo("sally_secret");
  }

  @Test
  @DisplayName("PW-6 two secrets are equal if their texts are")
  void equality() {
    assertThat(secret)
        .isEqualTo(Secret.of("sally_secret"))
        .hasSameHashCodeAs(Secret.of("sally_secret"));
    assertThat(secret).isNotEqualTo(Secret.of("sally_secreT")).isNotEqualTo(Secret.of(""));
    assertThat(secret).isNotEqualTo("sally_secret").isNotEqualTo(null);
    assertThatNullPointerException().isThrownBy(() -> Secret.of(null));
  }
}
