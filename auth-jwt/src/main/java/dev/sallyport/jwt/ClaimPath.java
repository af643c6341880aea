package dev.sallyport.jwt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The name of a claim, and of a member at each level inside it: {@code resource_access}, {@code
 * my-api}, {@code roles}. Names are compared exactly and never split.
 */
record ClaimPath(List<String> names) {
  /** Not a value that a claim can have. */
  private static final Object NO_OBJECT = new Object();

  /** The path of a claim that the verifier does not check itself. */
  static ClaimPath of(String claim, String... inside) {
    if (ClaimName.REGISTERED.contains(claim)) {
      throw new IllegalArgumentException(
          "'" + claim + "' is a registered claim, which can't be used for this");
    }
    List<String> names = new ArrayList<>(List.of(inside));
    names.add(0, claim);
    if (names.contains("")) {
      throw new IllegalArgumentException("The name of a claim can't be empty");
    }
    return new ClaimPath(List.copyOf(names));
  }

  /** Parses the form used in settings: names separated by single spaces. */
  static ClaimPath parse(String text) {
    String[] names = text.split(" ", -1);
    return of(names[0], Arrays.copyOfRange(names, 1, names.length));
  }

  /**
   * Finds the value at the path.
   *
   * @return null if the claim, or a member on the way, is absent or null; {@link #NO_OBJECT} if
   *     what should contain the next name is not an object
   */
  @Nullable Object find(VerifiedJwt jwt) {
    Object value = jwt.claim(names.get(0)).orElse(null);
    for (String name : names.subList(1, names.size())) {
      if (value == null) {
        return null;
      }
      if (!(value instanceof Map<?, ?> object)) {
        return NO_OBJECT;
      }
      value = object.get(name);
    }
    return value;
  }

  @Override
  public String toString() {
    return String.join(" ", names);
  }
}
