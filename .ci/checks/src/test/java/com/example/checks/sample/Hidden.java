package com.example.checks.sample;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hidden. */
final class Hidden implements Shape {
  @Override
  public @Nullable String name(Map<String, @Nullable Object> names, @Nullable Object other) {
    return null;
  }
}
