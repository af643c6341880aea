package dev.sallyport.testkit;

import java.util.List;

/** Texts that people have sent to break stores. */
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

  /** Values that clients have sent to break parsers. */
  static final List<String> IN_HEADERS =
      List.of(
          "",
          " ",
          "\t",
          "\0",
          "\r\nX: y",
          ",",
          "=",
          "\"",
          "\\",
          "%00",
          "null",
          "é",
          "\uD800",
          "\u0130",
          "\uFFFF",
          "{",
          "[".repeat(1000),
          "a".repeat(9000),
          "' OR 1=1--",
          "../..",
          "🦊");

  private HostileTexts() {}
}
