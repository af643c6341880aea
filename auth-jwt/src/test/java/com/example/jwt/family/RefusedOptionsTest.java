package com.example.jwt.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.jwt.refresh.JwtIssuer;
import dev.sallyport.jwt.refresh.RefreshFamilies;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.store.Lifetime;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RefusedOptionsTest {
  private final SigningKeySet keys = SigningKeySet.of(JwtFixture.SIGNING);

  private static void families(UnaryOperator<RefreshFamilies.Builder> options) {
    assertThat(new JwtFixture(options).start().refreshToken().reveal()).startsWith("sallyr_");
  }

  private static void assertRefused(Runnable work) {
    assertThatThrownBy(work::run).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("JW-6 a family lives 1 s idle at least, 366 days at most, and idle within that")
  void lifetime() {
    Duration second = Duration.ofSeconds(1);
    Duration longest = Duration.ofDays(366);
    families(b -> b.lifetime(Lifetime.sliding(second, second)));
    families(b -> b.lifetime(Lifetime.sliding(longest, longest)));
    assertRefused(() -> families(b -> b.lifetime(Lifetime.sliding(second.minusNanos(1), longest))));
    assertRefused(() -> families(b -> b.lifetime(Lifetime.sliding(Duration.ZERO, Duration.ZERO))));
    assertRefused(() -> families(b -> b.lifetime(Lifetime.sliding(second.negated(), second))));
    assertRefused(() -> families(b -> b.lifetime(Lifetime.sliding(second.plusNanos(1), second))));
    assertRefused(() -> families(b -> b.lifetime(Lifetime.sliding(second, longest.plusNanos(1)))));
  }

  @Test
  @DisplayName("JW-7 the grace is 0 to 300 s")
  void grace() {
    families(b -> b.grace(Duration.ZERO));
    families(b -> b.grace(Duration.ofMinutes(5)));
    assertRefused(() -> families(b -> b.grace(Duration.ofNanos(-1))));
    assertRefused(() -> families(b -> b.grace(Duration.ofMinutes(5).plusNanos(1))));
  }

  @Test
  @DisplayName("JW-6, row 96 an access token lives 1 s to 1 h, and has a name and an audience")
  void issuer() {
    JwtIssuer.Builder builder = JwtIssuer.builder("i", "a", keys);
    builder.lifetime(Duration.ofSeconds(1)).lifetime(Duration.ofHours(1));
    assertRefused(() -> builder.lifetime(Duration.ofMillis(999)));
    assertRefused(() -> builder.lifetime(Duration.ofHours(1).plusNanos(1)));
    assertRefused(() -> builder.lifetime(Duration.ofSeconds(-1)));
    assertRefused(() -> JwtIssuer.of("", "a", keys));
    assertRefused(() -> JwtIssuer.of("i", "", keys));
    assertThat(builder.build().toString()).isEqualTo("JwtIssuer[i]");
    assertThat(builder.build().keys()).isSameAs(keys);
  }

  @Test
  @DisplayName("JW-10 the limit of a token's length is 1024 to 8192")
  void maxLength() {
    JwtIssuer.Builder builder = JwtIssuer.builder("i", "a", keys);
    builder.maxLength(1024).maxLength(8192);
    assertRefused(() -> builder.maxLength(1023));
    assertRefused(() -> builder.maxLength(8193));
  }

  /** A source that a host brings, and that says whether it was asked. */
  private static final class Counting extends SecureRandom {
    private static final long serialVersionUID = 1;
    private int bytes;

    @Override
    public void nextBytes(byte[] filled) {
      bytes += filled.length;
      super.nextBytes(filled);
    }
  }

  @Test
  @DisplayName(
      "CH-11, row 47 ids and secrets come from the host's source: 12 + 32 bytes, and 12 each pair")
  void random() {
    Counting random = new Counting();
    JwtFixture fixture = new JwtFixture(JwtFixture.Options.none().in(e -> e.withRandom(random)));
    random.bytes = 0;
    TokenPair pair = fixture.start();
    assertThat(random.bytes).isEqualTo(12 + 32 + 12);
    fixture.first.next(pair);
    assertThat(random.bytes).as("a successor is derived").isEqualTo(12 + 32 + 12 + 12);
  }

  @Test
  @DisplayName("SP-3 families tell their issuer; its verifier can be finished by the host")
  void issuerOf() {
    JwtFixture fixture = new JwtFixture();
    assertThat(fixture.first.families.issuer()).isSameAs(fixture.first.issuer);
    assertThat(fixture.first.authenticator.families()).contains(fixture.first.families);
    JwtFixture strict =
        new JwtFixture(
            JwtFixture.Options.none()
                .authenticator(
                    b -> b.ownVerifiedBy(verifier -> verifier.leeway(Duration.ZERO).build())));
    TokenPair pair = strict.start();
    strict.clock.advance(JwtFixture.ACCESS);
    assertThat(strict.first.takes(pair)).isFalse();
    assertThat(List.of(strict.first.families.toString(), strict.first.authenticator.name()))
        .containsExactly("RefreshFamilies[JwtIssuer[https://api.example]]", "jwt");
  }
}
