package dev.sallyport.store;

import dev.sallyport.Fault;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a username may be, and when two are the same (AC-3 of docs/behaviour.md).
 *
 * <p>A name is kept as it was typed and never trimmed. Two names are the same if their keys are
 * equal.
 */
public final class Username {
  private static final int MAX_CODE_POINTS = 150;
  private static final int DOTLESS_I = 0x131;

  private Username() {}

  /**
   * What is wrong with a name for a new account: it must have 1 to 150 code points, as typed and as
   * compared, no control character, no unpaired surrogate, and no colon, which Basic can't carry.
   *
   * @param name the name as typed
   * @return the faults, on the field {@code username}; none for a good name
   */
  public static List<Fault> faults(String name) {
    List<Fault> faults = new ArrayList<>();
    if (name.isEmpty()) {
      return List.of(fault("required", "A username is required."));
    }
    String key = key(name);
    if (isTooLong(name) || isTooLong(key)) {
      faults.add(fault("too_long", "A username has at most 150 characters."));
    }
    if (key.isEmpty() || has(name, Character::isISOControl) || has(name, Username::isSurrogate)) {
      faults.add(fault("invalid_character", "A username has no control characters."));
    }
    if (name.indexOf(':') >= 0 || key.indexOf(':') >= 0) {
      faults.add(fault("colon", "A username has no colon."));
    }
    return faults;
  }

  /**
   * Whether anybody could have this name. What could be nobody's name need not be looked up.
   *
   * @param name the name as typed
   * @return true if {@link #faults} finds nothing
   */
  public static boolean isValid(String name) {
    return isPlain(name) || faults(name).isEmpty();
  }

  /**
   * The form under which names are compared: NFKC and case-folded (Unicode Standard, section 3.13).
   * Stores and throttles use it, so that one user is one user everywhere. What is too long to be
   * anybody's name is its own key: to normalise it can take a time that grows with the square of
   * its length.
   *
   * @param name the name as typed
   * @return the key; equal for names that are the same
   */
  public static String key(String name) {
    if (isPlain(name)) {
      return name.toLowerCase(Locale.ROOT);
    }
    if (isTooLong(name)) {
      return name;
    }
    return nfkc(fold(nfkc(name)));
  }

  private static boolean isTooLong(String name) {
    return name.codePointCount(0, name.length()) > MAX_CODE_POINTS;
  }

  private static String nfkc(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC);
  }

  /**
   * Full case folding by the JDK's mappings: lower, upper, lower, so that ß, ẞ and ss meet. The
   * dotless i is kept as it is: it folds to itself, though its upper case is I.
   */
  private static String fold(String text) {
    StringBuilder folded = new StringBuilder(text.length());
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || text.charAt(i) == DOTLESS_I) {
        folded.append(
            text.substring(start, i)
                .toLowerCase(Locale.ROOT)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT));
        if (i < text.length()) {
          folded.append((char) DOTLESS_I);
        }
        start = i + 1;
      }
    }
    return folded.toString();
  }

  /** Printable ASCII without a colon, 1 to 150 of it: most names, and the fast way for them. */
  private static boolean isPlain(String name) {
    if (name.isEmpty() || name.length() > MAX_CODE_POINTS) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c < ' ' || c > '~' || c == ':') {
        return false;
      }
    }
    return true;
  }

  private static boolean has(String name, java.util.function.IntPredicate test) {
    return name.codePoints().anyMatch(test);
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static Fault fault(String code, String detail) {
    return new Fault("username", code, detail);
  }
}
