package dev.sallyport.testkit;

import java.util.List;

/** What people have sent to break stores. */
final class HostileTexts {
  static final List<String> ALL =
      List.of(
          "",
          " ",
          "'",
          "'; DROP TABLE tokens; --",
          "%",
          "_",
          "*",
          "?",
          "\\",
          "\"",
          "a\0b",
          "a\r\nb",
          "{a}",
          "[a-z]",
          "../..",
          "a:b",
          "null",
          "\uFDFA",
          "\uD83E\uDD8A",
          "x".repeat(10_000));

  private HostileTexts() {}
}
