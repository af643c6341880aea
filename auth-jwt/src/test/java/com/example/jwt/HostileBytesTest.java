package com.example.jwt;

import static com.example.jwt.Forge.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.jwt.token.JwtRefusal;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that some parsers take for the same text. The signature is right. */
class HostileBytesTest {
  private final JwtVerifier verifier = Forge.builder().build();
  private final JwtVerifier own = Forge.builder(SigningKeySet.of(Forge.KEY)).build();

  private void assertBothRefused(byte[] header, byte[] payload) {
    assertThat(refusal(verifier.verify(Forge.signed(header, Forge.claims().getBytes(UTF_8)))))
        .isEqualTo(JwtRefusal.MALFORMED);
    String token = Forge.signed(Forge.HEADER.getBytes(UTF_8), payload);
    assertThat(refusal(verifier.verify(token))).isEqualTo(JwtRefusal.BAD_CLAIMS);
    assertThat(refusal(own.verify(token))).isEqualTo(JwtRefusal.BAD_CLAIMS);
    assertThat(Forge.reasonOfSeveral(token)).isEqualTo("bad_claims");
  }

  /** The object, with one more member of these bytes at its end. */
  private static byte[] withBytes(String object, int... bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes((object.substring(0, object.length() - 1) + ",\"x\":\"").getBytes(UTF_8));
    for (int b : bytes) {
      out.write(b);
    }
    out.writeBytes("\"}".getBytes(UTF_8));
    return out.toByteArray();
  }

  private void assertBothRefused(int... bytes) {
    assertBothRefused(withBytes(Forge.HEADER, bytes), withBytes(Forge.claims(), bytes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32BE", "UTF-32LE"})
  @DisplayName("JW-2 header and payload in UTF-16 and UTF-32, with and without a mark, are refused")
  void otherEncodings(String charset) {
    Charset other = Charset.forName(charset);
    assertBothRefused(Forge.HEADER.getBytes(other), Forge.claims().getBytes(other));
  }

  @Test
  @DisplayName("JW-2 a byte order mark is no JSON")
  void mark() {
    assertBothRefused(
        ("\uFEFF" + Forge.HEADER).getBytes(UTF_8), ("\uFEFF" + Forge.claims()).getBytes(UTF_8));
  }

  @Test
  @DisplayName("JW-2 overlong, cut off, stray, of surrogates, beyond Unicode, Latin-1: no UTF-8")
  void noUtf8() {
    assertBothRefused(0xC0, 0xAF);
    assertBothRefused(0xC1, 0xBF);
    assertBothRefused(0xE0, 0x80, 0xAF);
    assertBothRefused(0xF0, 0x80, 0x80, 0xAF);
    assertBothRefused(0xED, 0xA0, 0x80);
    assertBothRefused(0xED, 0xA0, 0x80, 0xED, 0xB0, 0x80);
    assertBothRefused(0xF4, 0x90, 0x80, 0x80);
    assertBothRefused(0xE2, 0x82);
    assertBothRefused(0x80);
    assertBothRefused(0xFF);
    assertBothRefused(0xE9);
    assertBothRefused(0xC0, 0x80);
  }

  @Test
  @DisplayName("JW-2 control characters, and escapes that some take for hexadecimal")
  void controls() {
    for (int control : new int[] {0, 1, 9, 10, 13, 0x1F}) {
      assertBothRefused(control);
    }
    assertBothRefused('\\', 'x', '4', '1');
    assertBothRefused('\\', 'u', '0', '0', '4');
    assertBothRefused('\\', 'u', 0xD9, 0xA3, 0xD9, 0xA3, 0xD9, 0xA3, 0xD9, 0xA3);
    assertBothRefused('\\', 'u', 'd', '8', '0', '0');
    assertBothRefused('\\', 'u', 'd', 'c', '0', '0', '\\', 'u', 'd', '8', '0', '0');
    assertBothRefused('\\');
  }

  @Test
  @DisplayName(
      "JW-2 one bad byte is found wherever it stands, also where bytes are taken by eights")
  void anywhere() {
    for (int before = 0; before < 20; before++) {
      for (int bad : new int[] {0, 0x1F, 0x80, 0xFF, 0xC0}) {
        int[] bytes = new int[before + 12];
        Arrays.fill(bytes, 'a');
        bytes[before] = bad;
        assertBothRefused(bytes);
      }
      int[] half = new int[before + 6];
      Arrays.fill(half, 'a');
      byte[] escape = "\\ud800".getBytes(UTF_8);
      for (int i = 0; i < escape.length; i++) {
        half[before + i] = escape[i];
      }
      assertBothRefused(half);
    }
  }

  @Test
  @DisplayName("JW-2 bytes behind header and payload, even zeros and spaces of other sorts")
  void behind() {
    for (String behind :
        new String[] {"\u0000", "x", "{}", ",", "}", "\u00A0", "\u2028", "\uFEFF"}) {
      assertBothRefused(
          (Forge.HEADER + behind).getBytes(UTF_8), (Forge.claims() + behind).getBytes(UTF_8));
    }
  }

  @Test
  @DisplayName("JW-2 JSON's own white space, and text that is well-formed, are taken")
  void good() {
    String spaced = Forge.signed(" \r\n\t" + Forge.HEADER + "\n", Forge.claims() + " ");
    assertThat(verifier.verify(spaced)).isInstanceOf(VerifiedJwt.class);
    assertThat(own.verify(spaced)).isInstanceOf(VerifiedJwt.class);
    VerifiedJwt jwt =
        (VerifiedJwt) verifier.verify(Forge.token("x", "\"\\ud83e\\udd8a \u00E9 \uFFFD\\u0000\""));
    assertThat(jwt.claims()).containsEntry("x", "\uD83E\uDD8A \u00E9 \uFFFD\u0000");
  }
}
