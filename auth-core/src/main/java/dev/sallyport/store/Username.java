package dev.sallyport.store;

import dev.sallyport.Fault;
import dev.sallyport.StoreUnavailableException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

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
   * compared, and no colon, which Basic can't carry. Its characters are those that Unicode 13 has
   * assigned, without control, format, private-use and default-ignorable ones (RFC 8265 section
   * 3.3): so it looks like itself, and has the same key on every JDK from 17 on.
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
      faults.add(fault("too_long", "A username can have at most 150 characters."));
    }
    OptionalInt refused = UsernameCharacters.firstRefused(name + key);
    if (refused.isPresent()) {
      faults.add(
          fault(
              "invalid_character",
              String.format("A username can't contain the character U+%04X.", refused.getAsInt())));
    } else if (key.isEmpty()) {
      faults.add(fault("invalid_character", "A username needs at least one visible character."));
    }
    if (name.indexOf(':') >= 0 || key.indexOf(':') >= 0) {
      faults.add(fault("colon", "A username can't contain a colon."));
    }
    return faults;
  }

  /**
   * Whether anybody could have this name, even under former rules: names that new accounts may no
   * longer have still log in. A name that nobody could have need not be looked up.
   *
   * @param name the name as typed
   * @return false if it is empty or too long, or has a control character, an unpaired surrogate or
   *     a colon
   */
  public static boolean isValid(String name) {
    if (isPlain(name)) {
      return true;
    }
    if (name.isEmpty() || isTooLong(name)) {
      return false;
    }
    String key = key(name);
    return !key.isEmpty()
        && !isTooLong(key)
        && key.indexOf(':') < 0
        && name.codePoints()
            .noneMatch(c -> c == ':' || Character.isISOControl(c) || isSurrogate(c));
  }

  /**
   * Looks up a user by what a client typed. All look-ups by name go through here.
   *
   * @param users the users
   * @param name the name as the client sent it; it can be anything
   * @return the user who goes by that name; empty if there is none
   * @throws StoreUnavailableException if the store could not answer
   */
  public static Optional<User> find(CredentialStore users, String name) {
    return isValid(name)
        ? users.findByName(name).filter(user -> users.isNameOf(user, name))
        : Optional.empty();
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

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static Fault fault(String code, String detail) {
    return new Fault("username", code, detail);
  }
}
