package dev.sallyport.scheme;

import dev.sallyport.store.TokenLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One key: its type, its range, its default and what it means. Make each once, as a constant; it is
 * compared by identity. Immutable.
 *
 * @param <T> the type of the value
 */
public final class Setting<T> {
  private static final int MAX_PER_USER = 10_000;

  private final String key;
  private final String fallback;
  private final String allowed;
  private final String meaning;
  private final Function<String, T> parser;
  private final boolean secret;

  private Setting(
      String key,
      String fallback,
      String allowed,
      String meaning,
      Function<String, T> parser,
      boolean secret) {
    if (!key.matches("[a-z][a-z0-9-]*")) {
      throw new IllegalArgumentException(
          "A key is lower-case letters, digits and hyphens, not '" + key + "'");
    }
    this.key = key;
    this.fallback = Objects.requireNonNull(fallback, "fallback");
    this.allowed = Objects.requireNonNull(allowed, "allowed");
    this.meaning = Objects.requireNonNull(meaning, "meaning");
    this.parser = Objects.requireNonNull(parser, "parser");
    this.secret = secret;
  }

  /**
   * A setting of any type.
   *
   * @param key the key, below the name of the scheme
   * @param fallback the default, as it would stand in the settings
   * @param allowed what is allowed, for people: a range or a list
   * @param meaning what it is for, in one sentence
   * @param parser makes the value of the text; what is not allowed makes it throw {@link
   *     IllegalArgumentException} (its message is not shown)
   * @param <T> the type of the value
   * @return the setting
   */
  public static <T> Setting<T> of(
      String key, String fallback, String allowed, String meaning, Function<String, T> parser) {
    return new Setting<>(key, fallback, allowed, meaning, parser, false);
  }

  /**
   * Text.
   *
   * @param key the key
   * @param fallback the default
   * @param allowed what is allowed, for people
   * @param meaning what it is for
   * @param valid whether a text is allowed
   * @return the setting
   */
  public static Setting<String> text(
      String key, String fallback, String allowed, String meaning, Predicate<String> valid) {
    return of(key, fallback, allowed, meaning, text -> require(text, valid.test(text)));
  }

  /**
   * The realm of a challenge, under the key {@code realm}.
   *
   * @param fallback the default
   * @return the setting
   */
  public static Setting<String> realm(String fallback) {
    return text(
        "realm",
        fallback,
        "1 to 100 printable ASCII characters",
        "The realm, which browsers show.",
        text -> text.matches("[ -~]{1,100}"));
  }

  /**
   * How many of something a user may have, under the key {@code max-per-user}; by default 100.
   * Unlimited is {@link Integer#MAX_VALUE}.
   *
   * @param what what they are, in the plural
   * @return the setting
   */
  public static Setting<Integer> maxPerUser(String what) {
    return of(
        "max-per-user",
        Integer.toString(TokenLimit.DEFAULT_MAX),
        "unlimited, or 1 to " + MAX_PER_USER,
        "How many " + what + " a user may have at a time.",
        text -> {
          if (text.equals("unlimited")) {
            return Integer.MAX_VALUE;
          }
          int max = Integer.parseInt(text);
          return require(max, max >= 1 && max <= MAX_PER_USER);
        });
  }

  /**
   * A whole number.
   *
   * @param key the key
   * @param fallback the default
   * @param min the least that is allowed
   * @param max the most that is allowed
   * @param meaning what it is for
   * @return the setting
   */
  public static Setting<Integer> integer(
      String key, int fallback, int min, int max, String meaning) {
    return of(
        key,
        Integer.toString(fallback),
        min + " to " + max,
        meaning,
        text -> {
          int value = Integer.parseInt(text);
          return require(value, value >= min && value <= max);
        });
  }

  /**
   * A length of time in whole seconds.
   *
   * @param key the key
   * @param fallback the default
   * @param min the least that is allowed
   * @param max the most that is allowed
   * @param meaning what it is for
   * @return the setting
   */
  public static Setting<Duration> seconds(
      String key, Duration fallback, Duration min, Duration max, String meaning) {
    return of(
        key,
        Long.toString(fallback.toSeconds()),
        min.toSeconds() + " to " + max.toSeconds() + " seconds",
        meaning,
        text -> {
          Duration value = Duration.ofSeconds(Long.parseLong(text));
          return require(value, value.compareTo(min) >= 0 && value.compareTo(max) <= 0);
        });
  }

  /**
   * A yes-or-no setting.
   *
   * @param key the key
   * @param fallback the default
   * @param meaning what it is for
   * @return the setting
   */
  public static Setting<Boolean> flag(String key, boolean fallback, String meaning) {
    return of(
        key,
        Boolean.toString(fallback),
        "true, false",
        meaning,
        text -> require(text.equals("true"), text.equals("true") || text.equals("false")));
  }

  /**
   * One of an enum's constants, written in lower case with hyphens.
   *
   * @param key the key
   * @param fallback the default
   * @param meaning what it is for
   * @param <E> the enum
   * @return the setting
   */
  public static <E extends Enum<E>> Setting<E> choice(String key, E fallback, String meaning) {
    List<E> all = List.of(fallback.getDeclaringClass().getEnumConstants());
    return of(
        key,
        written(fallback),
        all.stream().map(Setting::written).collect(Collectors.joining(", ")),
        meaning,
        text ->
            all.stream()
                .filter(constant -> written(constant).equals(text))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new));
  }

  /**
   * A list, separated by commas; empty by default.
   *
   * @param key the key
   * @param allowed what an element may be, for people
   * @param meaning what it is for
   * @param parser makes a value of all elements; what is not allowed makes it throw {@link
   *     IllegalArgumentException}
   * @param <T> the type of the value
   * @return the setting
   */
  public static <T> Setting<T> list(
      String key, String allowed, String meaning, Function<? super List<String>, T> parser) {
    return of(key, "", allowed, meaning, text -> parser.apply(elements(text)));
  }

  static List<String> elements(String text) {
    List<String> elements = new ArrayList<>();
    if (!text.isBlank()) {
      for (String element : text.split(",", -1)) {
        elements.add(element.strip());
      }
    }
    return elements;
  }

  /** {@return a new setting, like this one, whose value is never shown in a message} */
  public Setting<T> secret() {
    return new Setting<>(key, fallback, allowed, meaning, parser, true);
  }

  private static <V> V require(V value, boolean condition) {
    if (!condition) {
      throw new IllegalArgumentException();
    }
    return value;
  }

  private static String written(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The value of a text that stands in the settings, or of the default. */
  T parse(String text) {
    return Objects.requireNonNull(parser.apply(text), "the parser returned null");
  }

  /** What a message says of a value that is not allowed. */
  String refuse(String fullKey, String text) {
    String shown = secret ? "(its value is not shown)" : "'" + text + "'";
    return fullKey + ": " + shown + " is not allowed; allowed: " + allowed;
  }

  /** {@return the key, below the name of the scheme} */
  public String key() {
    return key;
  }

  /** {@return the default as it would be written in the settings; may be empty} */
  public String fallback() {
    return fallback;
  }

  /** {@return what is allowed, for people to read: a range or a list} */
  public String allowed() {
    return allowed;
  }

  /** {@return what it is for, in one sentence} */
  public String meaning() {
    return meaning;
  }

  /** The keys, sorted and joined, for a message. */
  static String keys(Collection<Setting<?>> settings) {
    return settings.stream().map(Setting::key).sorted().collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return key + " (" + allowed + "; default '" + fallback + "')";
  }
}
