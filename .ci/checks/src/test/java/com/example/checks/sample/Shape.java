package com.example.checks.sample;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What ApiTextTest reads. */
public sealed interface Shape permits Shape.Square, Hidden {
  int SIDES = 4;

  static <T extends Comparable<T>> List<T> sorted(List<T> shapes, String... names) {
    return shapes;
  }

  @Nullable String name(Map<String, @Nullable Object> names, @Nullable Object other)
      throws IOException;

  default void draw() {}

  /** Visible. */
  record Square(int side) implements Shape {
    @Override
    public @Nullable String name(Map<String, @Nullable Object> names, @Nullable Object other) {
      return null;
    }
  }

  /** Visible, by way of a hidden parent. */
  class Circle extends Round {
    protected Circle() {}

    int radius() {
      return 0;
    }
  }
}
