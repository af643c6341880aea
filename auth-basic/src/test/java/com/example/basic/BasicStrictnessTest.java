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
import java.util.Random;
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
  @DisplayName(
      "BA-3, row 20: all sequences of two bytes, and 100,000 of up to four, as strict UTF-8 has them")
  void utf8() {
    for (int first = 0; first < 256; first++) {
      for (int second = 0; second < 256; second++) {
        assertSameBytes((byte) first, (byte) second);
      }
    }
    Random random = new Random(42);
    byte[] leads = {
      (byte) 0xC1, (byte) 0xC2, (byte) 0xE0, (byte) 0xED, (byte) 0xEF, (byte) 0xF0, (byte) 0xF4
    };
    byte[] tails = {
      (byte) 0x7F,
      (byte) 0x80,
      (byte) 0x8F,
      (byte) 0x90,
      (byte) 0x9F,
      (byte) 0xA0,
      (byte) 0xBD,
      (byte) 0xBF
    };
    for (int round = 0; round < 100_000; round++) {
      byte[] text = new byte[2 + random.nextInt(3)];
      text[0] = leads[random.nextInt(leads.length)];
      for (int i = 1; i < text.length; i++) {
        text[i] = tails[random.nextInt(tails.length)];
      }
      assertSameBytes(text);
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
