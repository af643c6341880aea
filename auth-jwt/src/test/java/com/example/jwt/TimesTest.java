package com.example.jwt;

import static com.example.jwt.Forge.NOW;
import static com.example.jwt.Forge.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.jwt.token.JwtRefusal;
import dev.sallyport.jwt.token.JwtResult;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import dev.sallyport.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
  private static final Duration MILLI = Duration.ofMillis(1);

  private final SettableClock clock = SettableClock.create();

  private JwtVerifier verifier(long leeway) {
    return Forge.builder(clock).leeway(Duration.ofSeconds(leeway)).build();
  }

  private static String date(long second) {
    return Long.toString(second);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 30, 300})
  @DisplayName("JW-3 a token is good until exp + leeway, and expired at that very second")
  void expiry(long leeway) {
    String token = Forge.token("exp", date(NOW + 10));
    clock.advance(Duration.ofSeconds(10 + leeway).minus(MILLI));
    assertThat(verifier(leeway).verify(token)).isInstanceOf(VerifiedJwt.class);
    clock.advance(MILLI);
    assertThat(refusal(verifier(leeway).verify(token))).isEqualTo(JwtRefusal.EXPIRED);
  }

  @ParameterizedTest
  @CsvSource({"nbf, 0", "nbf, 30", "nbf, 300", "iat, 0", "iat, 30", "iat, 300"})
  @DisplayName("JW-3 nbf and iat may be as far ahead as the leeway, and not a second more")
  void start(String claim, long leeway) {
    String token = Forge.token(claim, date(NOW + 10), "exp", date(NOW + 1000));
    clock.advance(Duration.ofSeconds(10 - leeway).minus(MILLI));
    assertThat(refusal(verifier(leeway).verify(token))).isEqualTo(JwtRefusal.NOT_YET_VALID);
    clock.advance(MILLI);
    assertThat(verifier(leeway).verify(token)).isInstanceOf(VerifiedJwt.class);
  }

  @Test
  @DisplayName("JW-3 the leeway is 30 s by default, 300 s can be set, 301 s and less than none not")
  void leeway() {
    JwtVerifier usual = Forge.builder(clock).build();
    assertThat(usual.verify(Forge.token("exp", date(NOW - 29)))).isInstanceOf(VerifiedJwt.class);
    assertThat(refusal(usual.verify(Forge.token("exp", date(NOW - 30)))))
        .isEqualTo(JwtRefusal.EXPIRED);
    assertThat(verifier(300).verify(Forge.token("exp", date(NOW - 299))))
        .isInstanceOf(VerifiedJwt.class);
    for (Duration bad :
        new Duration[] {
          Duration.ofSeconds(301),
          Duration.ofMinutes(5).plusNanos(1),
          Duration.ofNanos(-1),
          Duration.ofSeconds(-1),
          Duration.ofSeconds(Long.MAX_VALUE),
          Duration.ofSeconds(Long.MIN_VALUE)
        }) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Forge.builder().leeway(bad))
          .withMessageContaining("0 to 5 minutes");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"exp", "nbf", "iat"})
  @DisplayName("JW-3 a time is a number from 1970 to the year 9999, in any form that JSON has")
  void ranges(String claim) {
    JwtVerifier verifier = verifier(0);
    for (String bad :
        new String[] {
          "\"" + (NOW + 300) + "\"",
          "\"2031-01-01T00:00:00Z\"",
          "\"\"",
          "true",
          "false",
          "null",
          "{}",
          "[]",
          "[" + (NOW + 300) + "]",
          "1e400",
          "-1e400",
          "9223372036854775807",
          "9223372036854775808",
          "18446744073709551616",
          "-1",
          "-0.1",
          "253402300800",
          "253402300799.5",
          "1893456300000",
          "9e99",
          "-9223372036854775808"
        }) {
      assertThat(refusal(verifier.verify(Forge.token(claim, bad))))
          .as("%s: %s", claim, bad)
          .isEqualTo(JwtRefusal.BAD_CLAIMS);
    }
  }

  @Test
  @DisplayName("JW-3 fractions and exponents are times, cut to seconds; the last second is one")
  void forms() {
    for (String good :
        new String[] {
          "1893456300", "1893456300.0", "1893456300.999", "1.8934563e9", "18934563E2"
        }) {
      VerifiedJwt jwt = (VerifiedJwt) verifier(0).verify(Forge.token("exp", good));
      assertThat(jwt.expiresAt()).isEqualTo(Instant.ofEpochSecond(NOW + 300));
    }
    VerifiedJwt last =
        (VerifiedJwt)
            verifier(300).verify(Forge.token("exp", "253402300799", "nbf", "0", "iat", "0"));
    assertThat(last.expiresAt()).isEqualTo(Instant.parse("9999-12-31T23:59:59Z"));
    assertThat(last.issuedAt()).contains(Instant.EPOCH);
    clock.advance(Duration.between(clock.instant(), Instant.parse("9999-12-31T23:59:59Z")));
    assertThat(verifier(300).verify(Forge.token("exp", "253402300799")))
        .isInstanceOf(VerifiedJwt.class);
    assertThat(refusal(verifier(0).verify(Forge.token("exp", "253402300799"))))
        .isEqualTo(JwtRefusal.EXPIRED);
  }

  @Test
  @DisplayName("JW-3 a token without exp is refused; one that expired before 1970 ended can't be")
  void required() {
    assertThat(refusal(verifier(300).verify(Forge.token("exp", ""))))
        .isEqualTo(JwtRefusal.BAD_CLAIMS);
    for (String past : new String[] {"0", "-0", "0.9", "1e-400"}) {
      assertThat(refusal(verifier(300).verify(Forge.token("exp", past))))
          .isEqualTo(JwtRefusal.EXPIRED);
    }
  }

  @Test
  @DisplayName("JW-3 the widest leeway overflows at neither end of time")
  void overflow() {
    for (Instant end : new Instant[] {Instant.MIN, Instant.MAX}) {
      JwtVerifier verifier =
          Forge.builder(SettableClock.at(end)).leeway(Duration.ofMinutes(5)).build();
      JwtResult result = verifier.verify(Forge.token("nbf", "5", "exp", "253402300799"));
      assertThat(refusal(result))
          .isEqualTo(end.equals(Instant.MIN) ? JwtRefusal.NOT_YET_VALID : JwtRefusal.EXPIRED);
    }
  }
}
