package com.example.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.checks.sample.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The text of an API")
class ApiTextTest {
  private static final List<String> SAMPLE =
      List.of("Shape", "Shape$Square", "Shape$Circle", "Round", "Hidden");

  @TempDir Path folder;

  @Test
  @DisplayName("has generics, null, exceptions and constants, and nothing that is hidden")
  void sample() throws IOException {
    for (String name : SAMPLE) {
      try (InputStream in = Shape.class.getResourceAsStream(name + ".class")) {
        Files.write(folder.resolve(name + ".class"), in.readAllBytes());
      }
    }
    assertThat(ApiText.of(folder).lines())
        .containsExactly(
            "",
            "public sealed interface com.example.checks.sample.Shape"
                + " permits com.example.checks.sample.Shape.Square",
            "  public static final int SIDES = 4",
            "  public default void draw()",
            "  public String name(java.util.Map<String, Object>, Object) throws java.io.IOException"
                + " // nullable: parameter 1 at 1;, parameter 2, result",
            "  public static <T extends Comparable<T>> java.util.List<T>"
                + " sorted(java.util.List<T>, String...)",
            "",
            "public static class com.example.checks.sample.Shape.Circle"
                + " extends com.example.checks.sample.Round",
            "  @Deprecated public final int area()",
            "  protected new()",
            "",
            "public record com.example.checks.sample.Shape.Square"
                + " implements com.example.checks.sample.Shape",
            "  public final boolean equals(Object)",
            "  public final int hashCode()",
            "  public String name(java.util.Map<String, Object>, Object)"
                + " // nullable: parameter 1 at 1;, parameter 2, result",
            "  public new(int)",
            "  public int side()",
            "  public final String toString()");
  }
}
