package com.example.basic;

import static dev.sallyport.testkit.AuthResultAssert.assertThatResult;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthResult;
import dev.sallyport.Reason;
import dev.sallyport.Rejected;
import dev.sallyport.testkit.TestRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is malformed, judged by a slower and simpler reader of the same. */
class BasicStrictnessTest {
  private final BasicFixture fixture = new BasicFixture();

  private boolean isMalformed(String token68) {
    // Not by TestRequest.authorization, which would remember each of them as a secret.
    AuthResult result =
        fixture.basic.authenticate(
            TestRequest.get("/").header("Authorization", "Basic " + token68).build());
    return ((Rejected) result).reason().equals(Reason.MALFORMED);
  }

  /** Decoded, encoded again and the same; then a strict decoder, and the rules of BA-1. */
  private static boolean shouldBeMalformed(String token68) {
    try {
      byte[] bytes = Base64.getDecoder().decode(token68);
      return !Base64.getEncoder().encodeToString(bytes).equals(token68) || isMalformedText(bytes);
    } catch (IllegalArgumentException e) {
      return true;
    }
  }

  private static boolean isMalformedText(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return !text.matches("(?s)[^:]+:.+") || text.matches("(?s).*[\0-\u001F\u007F].*");
    } catch (CharacterCodingException e) {
      return true;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bob:abc", "bob:abcd", "bob:abcde"})
  @DisplayName(
      "BA-2, row 21: each change of one or two of the last five characters, with any padding")
  void base64(String pair) {
    String good = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    StringBuilder characters = new StringBuilder("\u0100\u00E9");
    for (char c = 0; c < 128; c++) {
      // A comma or a quote would make it another field than one of Basic alone.
      characters.append(c == ',' || c == '"' ? '=' : c);
    }
    for (int i = good.length() - 5; i < good.length(); i++) {
      for (char c : characters.toString().toCharArray()) {
        String one = good.substring(0, i) + c + good.substring(i + 1);
        assertSame(one);
        if (i + 1 < good.length()) {
          for (char d : "=AQgwB-_ \n".toCharArray()) {
            assertSame(one.substring(0, i + 1) + d + one.substring(i + 2));
          }
        }
      }
    }
    for (int end = 0; end <= good.length(); end++) {
      for (String padding : new String[] {"", "=", "==", "===", "===="}) {
        assertSame(good.substring(0, end) + padding);
      }
    }
  }

  private void assertSame(String token68) {
    if (!token68.startsWith(" ")) { // spaces behind the scheme are not part of it
      assertThat(isMalformed(token68)).as("'%s'", token68).isEqualTo(shouldBeMalformed(token68));
    }
  }

  @Test
  @DisplayName("BA-3, row 20: sequences of one to four bytes, whole, cut, overlong and surrogates")
  void utf8() {
    for (int first = 0x80; first < 256; first++) {
      for (int second = 0; second < 256; second++) {
        assertSameBytes((byte) first, (byte) second);
      }
    }
    int[] leads = {0x41, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF, 0xF0, 0xF1, 0xF4, 0xF5};
    int[] tails = {0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBD, 0xBF, 0xC0};
    for (int lead : leads) {
      assertSameBytes((byte) lead);
      for (int second : tails) {
        for (int third : tails) {
          assertSameBytes((byte) lead, (byte) second, (byte) third);
          for (int fourth : tails) {
            assertSameBytes((byte) lead, (byte) second, (byte) third, (byte) fourth);
          }
        }
      }
    }
  }

  private void assertSameBytes(byte... password) {
    byte[] bytes = new byte[4 + password.length];
    System.arraycopy("bob:".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 4);
    System.arraycopy(password, 0, bytes, 4, password.length);
    String token68 = Base64.getEncoder().encodeToString(bytes);
    if (isMalformed(token68) != isMalformedText(bytes)) {
      assertThat(isMalformed(token68)).as(token68).isEqualTo(isMalformedText(bytes));
    }
  }

  @Test
  @DisplayName("BA-1, row 19: each of the 33 control characters, at each place, without a look-up")
  void controls() {
    for (char c = 0; c <= 0x7F; c++) {
      if (c < ' ' || c == 0x7F) {
        for (String pair :
            new String[] {
              c + "bob:abc", "bo" + c + "b:abc", "bob" + c + ":abc", "bob:" + c, "bob:a" + c
            }) {
          assertThatResult(fixture.authenticate(BasicFixture.encode(pair)))
              .isRejected(Reason.MALFORMED);
        }
      }
    }
    assertThat(fixture.asked).hasValue(0);
    assertThat(fixture.hasher.computed()).isZero();
  }

  @Test
  @DisplayName("BA-4, row 22: the limit is 8,192 characters of the field, spaces included")
  void limit() {
    String longest = "A".repeat(8184);
    assertThatResult(fixture.authenticate("Basic   " + longest)).isRejected(Reason.MALFORMED);
    assertThatResult(fixture.authenticate("Basic    " + longest)).isRejected(Reason.OVERSIZED);
    assertThatResult(fixture.authenticate("Basic " + " ".repeat(8187)))
        .isRejected(Reason.OVERSIZED);
    assertThat(fixture.asked).hasValue(0);
    assertThat(fixture.hasher.computed()).isZero();
  }

  @Test
  @DisplayName(
      "BA-4, PW-2, row 22: a field below it with a password of 6,000 bytes is one hash, and wrong")
  void longPassword() {
    fixture.register("bobby", "wonderland");
    int computed = fixture.hasher.computed();
    String pair = "bobby:" + "x".repeat(6000);
    assertThat(fixture.authenticate(BasicFixture.encode(pair)))
        .hasToString("Rejected[basic, unacceptable_password]");
    assertThat(fixture.hasher.computed() - computed).isEqualTo(1);
  }
}
