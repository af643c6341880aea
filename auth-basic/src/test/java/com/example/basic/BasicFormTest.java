package com.example.basic;

import static dev.sallyport.testkit.AuthResultAssert.assertThatResult;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.NotAttempted;
import dev.sallyport.Reason;
import dev.sallyport.testkit.TestRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** BA-1 to BA-4: what is Basic, and what is malformed. */
class BasicFormTest {
  private static final String PASSWORD = "wonderland";

  private final BasicFixture fixture = new BasicFixture();

  @BeforeEach
  void register() {
    fixture.register("alice", PASSWORD);
    fixture.register("Aladdin", "open:sesame");
    fixture.register("j\u00FCrgen", "viele gr\u00FC\u00DFe \uD83E\uDD8A");
    fixture.register("spacy", "  two spaces  ");
  }

  @ParameterizedTest
  @DisplayName("BA-1, row 3, CVE-2024-38827 the scheme is compared by ASCII letters only")
  @ValueSource(strings = {"Basic", "BASIC", "basic", "bAsIc"})
  void schemeInAnyCase(String scheme) {
    String credentials = BasicFixture.encode("alice:" + PASSWORD).substring("Basic".length());
    assertThatResult(fixture.authenticate(scheme + credentials)).isAuthenticatedAs("alice");
  }

  @ParameterizedTest
  @DisplayName("BA-1, rows 3, 4 what is not the scheme and a space is not attempted")
  @ValueSource(
      strings = {
        "bas\u0131c ",
        "ba\u017Fic ",
        "Basic\t",
        "Basic,",
        "BasicX ",
        "Basi ",
        "Bearer ",
        " Basic ",
        "\u212Basic ",
      })
  void otherSchemes(String prefix) {
    String credentials = BasicFixture.encode("alice:" + PASSWORD).substring("Basic ".length());
    assertThatResult(fixture.authenticate(prefix + credentials)).isNotAttempted();
    assertThat(fixture.asked).hasValue(0);
  }

  @Test
  @DisplayName("BA-1 several spaces behind the scheme are one")
  void severalSpaces() {
    String credentials = BasicFixture.encode("alice:" + PASSWORD).substring("Basic".length());
    assertThatResult(fixture.authenticate("Basic   " + credentials)).isAuthenticatedAs("alice");
  }

  @Test
  @DisplayName("BA-1 no field is not attempted, for another reason than another scheme")
  void absent() {
    assertThat(fixture.basic.authenticate(TestRequest.get("/").build()))
        .isSameAs(NotAttempted.NO_CREDENTIALS);
    assertThat(fixture.authenticate("Digest x")).isSameAs(NotAttempted.OTHER_SCHEME);
  }

  static List<String> malformed() {
    List<String> all =
        new ArrayList<>(
            List.of(
                "Basic",
                "Basic ",
                "Basic    ",
                "Basic YWxpY2U6 d29uZGVybGFuZA==",
                "Basic Aladdin:open sesame",
                "Basic YWxpY2U=", // no colon
                BasicFixture.encode(":" + PASSWORD),
                BasicFixture.encode("alice:"),
                BasicFixture.encode(":"),
                BasicFixture.encode("al\u0000ice:" + PASSWORD),
                BasicFixture.encode("alice:\u0000" + PASSWORD),
                BasicFixture.encode("alice:wonder\rland"),
                BasicFixture.encode("ali\nce:wonderland"),
                BasicFixture.encode("alice:wonder\u007Fland"),
                BasicFixture.encode("alice:wonder\u001Fland"),
                // BA-2: row 21
                "Basic YWxpY2U6d29uZGVybGFuZA=",
                "Basic YWxpY2U6d29uZGVybGFuZA",
                "Basic YWxpY2U6d29uZGVybGFuZA===",
                "Basic YWxpY2U6d29uZGVybGFuZA== ",
                "Basic YWxpY2U6d29uZGVybGFuZB==", // stray bits
                "Basic YWxpY2U6\r\nd29uZGVybGFuZA==",
                "Basic YWxp=Y2U6d29uZGVybGFuZA==",
                "Basic \"YWxpY2U6d29uZGVybGFuZA==\"",
                BasicFixture.encode("alice:\u00FB\u00FF\u00FE").replace('+', '-').replace('/', '_'),
                // BA-3: row 20
                BasicFixture.encode(bytes("alice:", 0xC0, 0xAF)),
                BasicFixture.encode(bytes("alice:", 0xFC)),
                BasicFixture.encode(bytes("alice:", 0xED, 0xA0, 0x80)),
                BasicFixture.encode(bytes("alice:", 0xE2, 0x82)),
                BasicFixture.encode(bytes("alice:", 0xF5, 0x80, 0x80, 0x80)),
                BasicFixture.encode(bytes("alice:\uFFFD", 0xFF))));
    return all;
  }

  private static byte[] bytes(String head, int... tail) {
    byte[] start = head.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    byte[] all = new byte[start.length + tail.length];
    System.arraycopy(start, 0, all, 0, start.length);
    for (int i = 0; i < tail.length; i++) {
      all[start.length + i] = (byte) tail[i];
    }
    return all;
  }

  @ParameterizedTest(name = "[{index}]")
  @DisplayName(
      "BA-1, BA-2, BA-3, rows 18 to 21 malformed credentials: rejected, no look-up, no hash")
  @MethodSource("malformed")
  void malformedIsRejected(String authorization) {
    int computed = fixture.hasher.computed();
    int before = fixture.asked.get();
    assertThatResult(fixture.authenticate(authorization)).isRejected(Reason.MALFORMED);
    assertThat(fixture.hasher.computed()).isEqualTo(computed);
    assertThat(fixture.asked.get()).isEqualTo(before);
  }

  @Test
  @DisplayName(
      "BA-2, row 74 every other last character of the base64 is refused or another password")
  void exhaustiveLastCharacters() {
    String good = BasicFixture.encode("alice:" + PASSWORD);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    int last = good.indexOf('=') - 1;
    for (int i = 0; i < alphabet.length(); i++) {
      char c = alphabet.charAt(i);
      String changed = good.substring(0, last) + c + good.substring(last + 1);
      AuthResult result = fixture.authenticate(changed);
      assertThat(result instanceof Authenticated).isEqualTo(changed.equals(good));
    }
  }

  @ParameterizedTest
  @DisplayName("BA-2, BA-3, row 18 the first colon splits, spaces and any language are kept")
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "Aladdin,open:sesame",
        "j\u00FCrgen,viele gr\u00FC\u00DFe \uD83E\uDD8A",
        "spacy,  two spaces  ",
      })
  void goodPairs(String name, String password) {
    assertThatResult(fixture.authenticate(BasicFixture.encode(name + ":" + password)))
        .isAuthenticatedAs(name);
  }

  @Test
  @DisplayName("BA-3 a replacement character that the client really sent is text like any other")
  void realReplacementCharacter() {
    fixture.register("odd", "replaced \uFFFD here");
    assertThatResult(fixture.authenticate(BasicFixture.encode("odd:replaced \uFFFD here")))
        .isAuthenticatedAs("odd");
  }

  @Test
  @DisplayName("BA-4, row 22 a field of 8 KiB is looked at, one of a character more is not")
  void oversized() {
    String start = "Basic ";
    String fits = start + "A".repeat(8192 - start.length() - 2);
    assertThatResult(fixture.authenticate(fits)).isRejected(Reason.MALFORMED);
    assertThatResult(fixture.authenticate(start + "A".repeat(8193 - start.length())))
        .isRejected(Reason.OVERSIZED);
  }

  @Test
  @DisplayName(
      "CH-5, row 4 two fields, or two credentials in one, are rejected by Basic alone as well")
  void several() {
    String good = BasicFixture.encode("alice:" + PASSWORD);
    assertThatResult(
            fixture.basic.authenticate(
                TestRequest.get("/").authorization(good).authorization(good).build()))
        .isRejected(Reason.SEVERAL_CREDENTIALS);
    assertThatResult(fixture.authenticate(good + ", Bearer x"))
        .isRejected(Reason.SEVERAL_CREDENTIALS);
  }
}
