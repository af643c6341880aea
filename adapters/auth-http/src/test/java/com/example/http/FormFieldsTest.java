package com.example.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.sallyport.http.FormFields;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormFieldsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "a=b | a | b",
        "a= | a | \"\"",
        "a | a | \"\"",
        "=b | \"\" | b",
        "= | \"\" | \"\"",
        "a=b=c | a | b=c",
        "a+b=c+d | a b | c d",
        "a%20b=c%2Bd | a b | c+d",
        "%61=%62 | a | b",
        "a%3Db=%26 | a=b | &",
        "a=%C3%A4 | a | \u00e4",
        "a=%F0%9F%98%80 | a | \uD83D\uDE00",
        "a=\u00e4 | a | \u00e4",
        "a=b;c=d | a | b;c=d",
        "?a=b | ?a | b",
      })
  @DisplayName("AD-2, URL standard section 5.1 a pair is decoded after it is taken apart")
  void pairs(String form, String name, String value) {
    assertThat(FormFields.parse(form)).isEqualTo(Map.of(name, List.of(value)));
  }

  @Test
  @DisplayName("AD-2 names and values are in the order in which they were sent; none is lost")
  void order() {
    Map<String, List<String>> fields = FormFields.parse("b=2&a=1&&b=1&%62=2&a=&");
    assertThat(fields.keySet()).containsExactly("b", "a");
    assertThat(fields.get("b")).containsExactly("2", "1", "2");
    assertThat(fields.get("a")).containsExactly("1", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&", "&&&"})
  @DisplayName("AD-2 no pair, no field")
  void none(String form) {
    assertThat(FormFields.parse(form)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%4", "%zz", "%-1", "x=%", "x=%4", "x=a%zz", "%zz=x", "%=%"})
  @DisplayName("AD-2 a pair that isn't encoded correctly is left out, and its neighbours stay")
  void broken(String pair) {
    assertThat(FormFields.parse("a=1&" + pair + "&b=2"))
        .isEqualTo(Map.of("a", List.of("1"), "b", List.of("2")));
  }

  @Test
  @DisplayName("CH-6 null is refused")
  void nulls() {
    assertThatNullPointerException().isThrownBy(() -> FormFields.parse(null));
  }
}
