package com.example.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.Fault;
import dev.sallyport.store.Lifetime;
import dev.sallyport.token.NewToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NewTokenTest {
  private static final String FOX = "\uD83E\uDD8A";

  static Stream<String> goodLabels() {
    return Stream.of(
        "x", " ", "é", FOX, "x".repeat(100), FOX.repeat(100), "Laptop 100% 'quoted' \u00A0");
  }

  @ParameterizedTest
  @MethodSource("goodLabels")
  @DisplayName("TK-1 a label has 1 to 100 code points")
  void labels(String label) {
    assertThat(NewToken.labelled(label).label()).isEqualTo(label);
    assertThat(NewToken.standard().label(label).label()).isEqualTo(label);
    assertThat(NewToken.labelFault(label)).isEmpty();
  }

  static Stream<String> badLabels() {
    return Stream.of(
        "",
        "x".repeat(101),
        FOX.repeat(101),
        "a\nb",
        "a\r",
        "\0",
        "\u001B[2J",
        "\u007F",
        "\u0085",
        "\u009F",
        "\uD83E",
        "\uDD8A",
        "a\uD83Eb",
        "\uDD8A\uD83E",
        FOX + "\uD83E");
  }

  @ParameterizedTest
  @MethodSource("badLabels")
  @DisplayName("TK-1 no label is empty, has 101 code points, a control or half a character")
  void badLabel(String label) {
    Fault fault = NewToken.labelFault(label).orElseThrow();
    assertThat(fault.field()).isEqualTo("label");
    assertThat(fault.code()).isEqualTo("invalid_label");
    assertThatThrownBy(() -> NewToken.labelled(label))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(fault.detail());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "!", "~", "#[]", "notes:write", "https://a.example/x?y=%20", "'"})
  @DisplayName("TK-1 a scope is a scope-token of RFC 6749")
  void scopes(String scope) {
    assertThat(NewToken.standard().scopes(scope).scopes()).containsExactly(scope);
    assertThat(NewToken.scopesFault(List.of(scope))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "\"", "a\\", "é", "a\n", "\t", "\0", "\u007F", "а"})
  @DisplayName("TK-1 anything else is no scope")
  void badScope(String scope) {
    Fault fault = NewToken.scopesFault(List.of("a", scope)).orElseThrow();
    assertThat(fault.field()).isEqualTo("scopes");
    assertThat(fault.code()).isEqualTo("invalid_scope");
    assertThatThrownBy(() -> NewToken.standard().scopes("a", scope))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(fault.detail());
    assertThatThrownBy(() -> NewToken.standard().scopes(List.of(scope)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("TK-1 scopes are at most 64 of at most 128 characters")
  void boundsOfScopes() {
    List<String> many = IntStream.range(0, 64).mapToObj(i -> "s" + i).toList();
    assertThat(NewToken.standard().scopes(many).scopes()).hasSize(64);
    List<String> tooMany = new ArrayList<>(many);
    tooMany.add("one-more");
    assertThat(NewToken.scopesFault(tooMany)).isPresent();
    assertThatThrownBy(() -> NewToken.standard().scopes(tooMany))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(NewToken.scopesFault(List.of("s".repeat(128)))).isEmpty();
    assertThat(NewToken.scopesFault(List.of("s".repeat(129)))).isPresent();
  }

  @Test
  @DisplayName("TK-1 what is not asked for: label token, unrestricted, the issuer's lifetime")
  void standard() {
    NewToken standard = NewToken.standard();
    assertThat(standard.label()).isEqualTo("token").isEqualTo(NewToken.DEFAULT_LABEL);
    assertThat(standard.scopes()).isEmpty();
    assertThat(standard.lifetime()).isEmpty();
  }

  @Test
  @DisplayName(
      "TK-1 a scope that is named twice is one; no scope is not \"no restriction\" by slip")
  void slips() {
    assertThat(NewToken.standard().scopes(Collections.nCopies(3, "a")).scopes())
        .containsExactly("a");
    String[] none = {};
    assertThatThrownBy(() -> NewToken.standard().scopes(none))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> NewToken.standard().scopes(Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
    List<String> long128 = List.of("a".repeat(128), "b".repeat(128), "c".repeat(128));
    assertThat(NewToken.scopesFault(long128)).isEmpty();
    List<String> tooLong = IntStream.range(0, 8).mapToObj(i -> i + "s".repeat(125)).toList();
    assertThat(NewToken.scopesFault(tooLong)).isPresent();
  }

  @Test
  @DisplayName("TK-1, CH-10 it is immutable")
  void immutable() {
    List<String> scopes = new ArrayList<>(List.of("a"));
    NewToken first = NewToken.labelled("ci").scopes(scopes);
    scopes.add("b");
    NewToken second = first.label("laptop").lifetime(Lifetime.never()).client("curl");
    assertThat(first.scopes()).containsExactly("a");
    assertThat(first.label()).isEqualTo("ci");
    assertThat(first.lifetime()).isEmpty();
    assertThat(second.scopes()).containsExactly("a");
    assertThat(second.label()).isEqualTo("laptop");
    assertThat(second.lifetime()).contains(Lifetime.never());
    Lifetime day = Lifetime.of(Duration.ofDays(1));
    assertThat(second.lifetime(day).lifetime()).contains(day);
    assertThat(second.toString()).isEqualTo("NewToken[laptop]");
  }
}
