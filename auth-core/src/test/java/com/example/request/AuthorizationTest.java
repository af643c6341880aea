package com.example.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.Authorization;
import dev.sallyport.testkit.TestRequest;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@code Authorization} is split, once for all schemes. */
class AuthorizationTest {
  private static Authorization split(String... lines) {
    TestRequest request = TestRequest.get("/");
    for (String line : lines) {
      request.header("Authorization", line);
    }
    return request.build().authorization();
  }

  @Test
  @DisplayName("BA-1 an absent field has no scheme, no credentials and no length")
  void absent() {
    Authorization absent = split();
    assertThat(absent.scheme()).isEmpty();
    assertThat(absent.credentials()).isEmpty();
    assertThat(absent.length()).isZero();
    assertThat(absent.isAmbiguous()).isFalse();
    assertThat(absent.is("Basic")).isFalse();
    assertThat(absent.is("")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic", "basic", "BASIC", "bAsIc"})
  @DisplayName("BA-1, row 3 the scheme is compared without regard to ASCII letter case")
  void letterCase(String scheme) {
    Authorization split = split(scheme + " YTpi");
    assertThat(split.is("Basic")).isTrue();
    assertThat(split.is("bASIC")).isTrue();
    assertThat(split.is("Bearer")).isFalse();
    assertThat(split.scheme()).as("as the client wrote it").isEqualTo(scheme);
    assertThat(split.credentials()).isEqualTo("YTpi");
    assertThat(split.length()).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basi", "Basicx", "asic", "Basi-", "Basic-"})
  @DisplayName("BA-1 a scheme is compared whole")
  void prefixes(String scheme) {
    assertThat(split(scheme + " YTpi").is("Basic")).isFalse();
    assertThat(split(scheme + " YTpi").is(scheme)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "bas\u0131c,basic", // dotless i
    "BAS\u0130C,basic", // I with a dot
    "ba\u017Fic,basic", // long s
    "to\u212Aen,token", // Kelvin sign
    "TO\u212AEN,TOKEN",
  })
  @DisplayName("BA-1, row 3, CVE-2024-38827 letters outside of ASCII match none inside")
  void unicodeCaseFolding(String sent, String scheme) {
    Authorization split = split(sent + " YTpi");
    assertThat(split.is(scheme)).isFalse();
    assertThat(split.scheme()).isEmpty();
    // The other way round: a member with a strange name takes nobody else's credentials.
    assertThat(split(scheme + " YTpi").is(sent)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tr", "az", "lt"})
  @DisplayName("BA-1, row 3, CVE-2024-38827 the default locale changes nothing")
  void turkish(String language) {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(language));
    try {
      assertThat(split("BASIC YTpi").is("basic")).isTrue();
      assertThat(split("basic YTpi").is("BASIC")).isTrue();
      assertThat(split("DIGEST x=y").is("digest")).isTrue();
      assertThat(TestRequest.get("/").header("IF-ID", "1").build().headers("if-id"))
          .containsExactly("1");
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic YTpi", "Basic  YTpi", "Basic      YTpi"})
  @DisplayName("BA-1, row 4 one or more spaces stand behind the scheme")
  void spaces(String line) {
    assertThat(split(line).is("Basic")).isTrue();
    assertThat(split(line).credentials()).isEqualTo("YTpi");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic\tYTpi", "Basic,YTpi", "Basic:YTpi", "Basic\u00A0YTpi", "Basic="})
  @DisplayName("BA-1, row 4 a tab, a comma or anything else behind it is no scheme")
  void noSpace(String line) {
    Authorization split = split(line);
    assertThat(split.is("Basic")).isFalse();
    assertThat(split.scheme()).isEmpty();
    assertThat(split.credentials()).isEmpty();
    assertThat(split.length()).isEqualTo(line.length());
  }

  @Test
  @DisplayName("BA-1, row 4 credentials that are glued to the scheme are another scheme")
  void glued() {
    assertThat(split("BasicYTpi").is("Basic")).isFalse();
    assertThat(split("BasicYTpi").scheme()).isEqualTo("BasicYTpi");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", " Basic YTpi", "\tBasic YTpi", ",Basic YTpi", "é YTpi", "\0"})
  @DisplayName("BA-1 a value that does not begin with a token has no scheme")
  void noScheme(String line) {
    Authorization split = split(line);
    assertThat(split.scheme()).isEmpty();
    assertThat(split.credentials()).isEmpty();
    assertThat(split.is("")).isFalse();
    assertThat(split.isAmbiguous()).isFalse();
    assertThat(split.length()).isEqualTo(line.length());
  }

  @ParameterizedTest
  @CsvSource({"Basic,5", "'Basic ',6", "'Basic   ',8"})
  @DisplayName("BA-1 a scheme alone has empty credentials")
  void alone(String line, int length) {
    Authorization split = split(line);
    assertThat(split.is("Basic")).isTrue();
    assertThat(split.credentials()).isEmpty();
    assertThat(split.isAmbiguous()).isFalse();
    assertThat(split.length()).isEqualTo(length);
  }

  @Test
  @DisplayName("BA-1 every character that a token can have is taken for the scheme")
  void tokenCharacters() {
    String all = "!#$%&'*+-.^_`|~09azAZ";
    assertThat(split(all + " x").scheme()).isEqualTo(all);
    for (char c : "\"(),/:;<=>?@[\\]{}\u007F\u0080".toCharArray()) {
      assertThat(split("a" + c + " x").scheme()).as("a%s", c).isEmpty();
    }
    for (char c : "/:@[`{".toCharArray()) { // beside the ranges of digits and letters
      boolean token = c == '`';
      assertThat(split(c + " x").scheme().isEmpty()).as("%s", c).isNotEqualTo(token);
    }
  }

  @Test
  @DisplayName("CH-5, row 4 several field lines are ambiguous, the same one twice as well")
  void severalLines() {
    for (Authorization split :
        new Authorization[] {
          split("Basic YTpi", "Bearer x"),
          split("Basic YTpi", "Basic YTpi"),
          split("", ""),
          split("Basic YTpi", "x", "y")
        }) {
      assertThat(split.isAmbiguous()).isTrue();
      assertThat(split.scheme()).isEmpty();
      assertThat(split.credentials()).isEmpty();
      assertThat(split.is("Basic")).isFalse();
      assertThat(split.is("")).isFalse();
    }
    assertThat(split("Basic YTpi", "Bearer x").length()).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Basic a, Bearer b",
        "Basic a,Bearer b",
        "Basic a ,\t Bearer b",
        "Basic a, Basic a",
        "Basic a, Bearer",
        "Basic a,Bearer ",
        "Basic a, , Bearer b",
        "Bearer b, Basic YTpi=",
        "Digest realm=\"x\", uri=\"/\", Basic a",
        "Digest realm=\"x\\\"\", Basic a",
        "Basic a, \"b\"",
        "Basic a, (b",
        "Basic a, =b",
        "Basic , Bearer b",
      })
  @DisplayName("CH-5, row 4 two credentials joined by a comma are ambiguous")
  void joined(String line) {
    assertThat(split(line).isAmbiguous()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Digest username=\"a, b\", realm=\"x\"",
        "Digest username=\"a, Basic b\"",
        "Digest username=\"a\\\", Basic b\", realm=\"x\"",
        "Digest username=\"a\", realm = \"x\"",
        "Digest username=\"a\",realm\t=\t\"x\"",
        "Digest username=\"a\",",
        "Digest username=\"a\", ,, realm=x, ",
        "Digest a=b,c=d",
        "Basic YTpi==",
      })
  @DisplayName("CH-5 the parameters of one scheme stay one, quoted commas too")
  void parameters(String line) {
    Authorization split = split(line);
    assertThat(split.isAmbiguous()).isFalse();
    assertThat(split.credentials()).isEqualTo(line.substring(line.indexOf(' ') + 1));
  }

  @Test
  @DisplayName("PW-6 toString shows the scheme and no credentials")
  void shown() {
    assertThat(split("Basic c2VjcmV0")).hasToString("Authorization[Basic]");
    assertThat(split("Basic c2VjcmV0", "Basic c2VjcmV0")).hasToString("Authorization[ambiguous]");
    assertThat(split("Basic c2VjcmV0, Bearer c2VjcmV0").toString()).doesNotContain("c2VjcmV0");
    assertThat(split("\tc2VjcmV0")).hasToString("Authorization[]");
    assertThat(split()).hasToString("Authorization[]");
  }
}
