package dev.sallyport.testkit;

import java.util.List;

/** Names and texts that one database or another mistakes for something else. */
final class NameTexts {
  /** How a name was stored, and how it is looked up. */
  static final List<List<String>> SPELLINGS =
      List.of(
          List.of("Alice", "alice", "ALICE", "aLICE", "\uFF21lice", "\u24B6lice"),
          List.of("stra\u00DFe", "STRASSE", "Strasse", "STRA\u1E9EE"),
          List.of("Jos\u00E9", "jose\u0301", "JOS\u00C9", "JOSE\u0301"),
          List.of("\uFB01sh", "fish", "FISH"),
          List.of("\u03A3\u03AF\u03C2", "\u03C3\u03AF\u03C3", "\u03A3\u038A\u03A3"),
          List.of("\u212Aelvin", "kelvin", "KELVIN"));

  /** Names that one database or another takes for alice's. */
  static final List<String> NOT_ALICE =
      List.of(
          "alice ",
          " alice",
          "alice\t",
          "alice\0",
          "alice\u00A0",
          "alic",
          "alicee",
          "\u00E1lice",
          "alice\u0301",
          "al\u0131ce",
          "alic\u0435",
          "ali\u200Bce",
          "ali\u00ADce",
          "ali%",
          "_lice",
          "al*",
          "'alice'",
          "alice'--",
          "(?i)alice");

  /** Java can hold half a character; drivers make different things of it, for example {@code ?}. */
  static final List<String> HALVES = List.of("\uD83E", "\uDD8A", "a\uD83Eb");

  private NameTexts() {}
}
