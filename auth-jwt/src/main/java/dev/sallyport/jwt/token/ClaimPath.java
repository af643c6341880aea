package dev.sallyport.jwt.token;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The name of a claim, and of a member at each level inside it: {@code resource_access}, {@code
 * my-api}, {@code roles}. Names are compared exactly and never split. Immutable.
 */
public final class ClaimPath {
  private final List<String> names;

  private ClaimPath(List<String> names) {
    this.names = names;
  }

  /**
   * Names a claim that the verifier does not check itself, or a member inside it.
   *
   * @param claim the name of a claim that is not registered (RFC 7519 section 4.1)
   * @param inside the names of members inside it, from the outermost; none for the claim itself
   * @return the path
   * @throws IllegalArgumentException if the claim is registered, or a name is empty
   */
  public static ClaimPath of(String claim, String... inside) {
    if (VerifiedJwt.REGISTERED_CLAIMS.contains(claim)) {
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

  /**
   * Parses the form that settings use.
   *
   * @param text names separated by single spaces
   * @return the path
   * @throws IllegalArgumentException as for {@link #of}
   */
  public static ClaimPath parse(String text) {
    String[] names = text.split(" ", -1);
    return of(names[0], Arrays.copyOfRange(names, 1, names.length));
  }

  /**
   * Finds what it names.
   *
   * @param claims claims as a token or an answer has them, from name to value
   * @return the value; empty if it, or something on the way to it, is absent or {@code null}
   * @throws IllegalArgumentException if something on the way to it is not an object
   */
  public Optional<Object> in(Map<String, ?> claims) {
    Object value = claims;
    for (String name : names) {
      if (value == null) {
        return Optional.empty();
      }
      if (!(value instanceof Map<?, ?> object)) {
        throw new IllegalArgumentException(
            "'" + this + "' leads through a value that is no object");
      }
      value = object.get(name);
    }
    return Optional.ofNullable(value);
  }

  /** {@return the names, separated by spaces} */
  @Override
  public String toString() {
    return String.join(" ", names);
  }
}
