package com.example.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthResult;
import dev.sallyport.NotAttempted;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenResult.Issued;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatTest {
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final BigInteger BASE = BigInteger.valueOf(62);

  private final TokenFixture fixture = new TokenFixture();

  /** As written by hand: base 62, most significant digit first, with leading zeros. */
  private static String base62(BigInteger number, int width) {
    StringBuilder digits = new StringBuilder();
    for (BigInteger rest = number; rest.signum() > 0; rest = rest.divide(BASE)) {
      digits.insert(0, ALPHABET.charAt(rest.mod(BASE).intValue()));
    }
    return "0".repeat(width - digits.length()) + digits;
  }

  static String check(String body) {
    CRC32 crc = new CRC32();
    crc.update(body.getBytes(StandardCharsets.US_ASCII));
    return base62(BigInteger.valueOf(crc.getValue()), 6);
  }

  /** Gives what it is told to. */
  static final class Given extends SecureRandom {
    private static final long serialVersionUID = 1;
    private final byte[] bytes;

    Given(byte[] bytes) {
      this.bytes = bytes.clone();
    }

    @Override
    public void nextBytes(byte[] to) {
      System.arraycopy(bytes, 0, to, 0, to.length);
    }
  }

  @Test
  @DisplayName("TK-2 prefix, 43 digits of base62, and the CRC-32 of these in 6 more, as GitHub's")
  void form() {
    assertThat(check("zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ")).as("GitHub's example").isEqualTo("0mLq17");
    for (int i = 0; i < 100; i++) {
      String token = fixture.issue().token().reveal();
      assertThat(token).matches("sally_[0-9A-Za-z]{49}");
      assertThat(token).endsWith(check(token.substring(6, 49)));
    }
  }

  static Stream<byte[]> bits() {
    byte[] none = new byte[32];
    byte[] all = new byte[32];
    Arrays.fill(all, (byte) 0xFF);
    byte[] first = none.clone();
    first[0] = (byte) 0x80;
    byte[] last = none.clone();
    last[31] = 1;
    return Stream.of(none, all, first, last);
  }

  @ParameterizedTest
  @MethodSource("bits")
  @DisplayName("TK-2, CH-11 all 256 bits of the given source are in the digits, and no others")
  void bits(byte[] bits) {
    TokenFixture given =
        TokenFixture.in(environment -> environment.withRandom(new Given(bits)), tokens -> tokens);
    Issued issued = given.issue();
    String body = base62(new BigInteger(1, bits), 43);
    assertThat(issued.token().reveal()).isEqualTo("sally_" + body + check(body));
    assertThat(given.isLive(issued)).isTrue();
  }

  @Test
  @DisplayName("TK-2 any one character changed is refused, and no store is asked")
  void oneCharacter() {
    String token = fixture.issue().token().reveal();
    fixture.watched.forget();
    for (int i = 0; i < token.length(); i++) {
      for (char c : (ALPHABET + "_-.~+/=é\u0000 ").toCharArray()) {
        if (c != token.charAt(i)) {
          AuthResult result =
              fixture.authenticator.authenticate(
                  dev.sallyport.testkit.TestRequest.get("/")
                      .header(
                          "Authorization",
                          "Token " + token.substring(0, i) + c + token.substring(i + 1))
                      .build());
          if (result instanceof NotAttempted nothing) {
            assertThat(nothing.reason()).as("%d %s", i, c).isEqualTo("other_format");
            assertThat(i).isLessThan(6);
          } else if (i > 0 || c != ' ') {
            TokenFixture.assertRefused(result, "malformed");
          }
        }
      }
    }
    assertThat(fixture.watched.calls()).isEmpty();
  }

  @Test
  @DisplayName("TK-2 cut, prolonged, or with two neighbours changed over: refused, no store asked")
  void otherSlips() {
    String token = fixture.issue().token().reveal();
    fixture.watched.forget();
    for (int i = 7; i < token.length(); i++) {
      TokenFixture.assertRefused(fixture.present(token.substring(0, i)), "malformed");
      String swapped =
          token.substring(0, i - 1)
              + token.charAt(i)
              + token.charAt(i - 1)
              + token.substring(i + 1);
      if (!swapped.equals(token)) {
        TokenFixture.assertRefused(fixture.present(swapped), "malformed");
      }
    }
    for (String longer :
        new String[] {
          token + "0",
          token + "=",
          token + token,
          "sally_" + token,
          token.substring(0, 49) + "0" + token.substring(49)
        }) {
      TokenFixture.assertRefused(fixture.present(longer), "malformed");
    }
    assertThat(fixture.watched.calls()).isEmpty();
  }

  @Test
  @DisplayName("TK-2 one that is whole but unknown costs one read")
  void unknown() {
    String body = "A".repeat(43);
    fixture.watched.forget();
    TokenFixture.assertRefused(
        fixture.present("sally_" + body + check(body)), "unknown_or_expired");
    assertThat(fixture.watched.calls()).containsExactly("find+user");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "sally_", "a b", "é", "eyJ.e30.x", "\0"})
  @DisplayName("TK-2, TK-4 introspection: the live one's record, else nothing; damaged ones unread")
  void introspect(String garbage) {
    Issued issued = fixture.issue(NewToken.labelled("queue"));
    fixture.watched.forget();
    assertThat(fixture.tokens.introspect(garbage)).isEmpty();
    assertThat(fixture.tokens.introspect(issued.token().reveal() + garbage + "x")).isEmpty();
    assertThat(fixture.watched.calls()).isEmpty();
    assertThat(fixture.tokens.introspect(issued.token().reveal()).orElseThrow().label())
        .isEqualTo("queue");
    fixture.raise();
    assertThat(fixture.tokens.introspect(issued.token().reveal())).isEmpty();
    fixture.tokens.revokeAll(fixture.alice.id());
    assertThat(fixture.tokens.introspect(issued.token().reveal())).isEmpty();
  }
}
