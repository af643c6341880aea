package dev.sallyport.token;

import dev.sallyport.Fault;
import dev.sallyport.Scopes;
import dev.sallyport.store.Lifetime;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Describes a token to be issued. Immutable.
 *
 * <pre>{@code
 * NewToken.labelled("ci").scopes("notes:write").lifetime(Lifetime.of(Duration.ofDays(30)))
 * }</pre>
 */
public final class NewToken {
  /** The default label. */
  public static final String DEFAULT_LABEL = "token";

  private static final int MAX_LABEL = 100;
  private static final int MAX_SCOPES = 64;
  private static final int MAX_SCOPE = 128;
  private static final int MAX_ALL_SCOPES = 1000;

  private final String label;
  private final Set<String> scopes;
  private final @Nullable Lifetime lifetime;
  private final String client;

  private NewToken(String label, Set<String> scopes, @Nullable Lifetime lifetime, String client) {
    this.label = label;
    this.scopes = scopes;
    this.lifetime = lifetime;
    this.client = client;
  }

  /** {@return an unrestricted token, with the label {@code token} and the issuer's lifetime} */
  public static NewToken standard() {
    return new NewToken(DEFAULT_LABEL, Set.of(), null, "");
  }

  /**
   * An unrestricted token with a label and the issuer's lifetime.
   *
   * @param label what its user calls it; 1 to 100 code points without control characters
   * @return a new value
   * @throws IllegalArgumentException if the label is anything else
   */
  public static NewToken labelled(String label) {
    return standard().label(label);
  }

  /**
   * A copy with another label.
   *
   * @param label what its user calls it; 1 to 100 code points without control characters
   * @return a new value
   * @throws IllegalArgumentException if the label is anything else
   */
  public NewToken label(String label) {
    refuse(labelFault(label));
    return new NewToken(label, scopes, lifetime, client);
  }

  /**
   * A copy that is restricted to scopes.
   *
   * @param scopes scope-tokens (RFC 6749), 1 to 64, each of at most 128 characters, and 1,000
   *     characters in all
   * @return a new value
   * @throws IllegalArgumentException if there are none or too many, or one is too long or not a
   *     scope-token
   */
  public NewToken scopes(Collection<String> scopes) {
    if (scopes.isEmpty()) {
      throw new IllegalArgumentException(
          "Name a scope; a token is unrestricted if this is not called at all");
    }
    refuse(scopesFault(scopes));
    return new NewToken(label, Set.copyOf(scopes), lifetime, client);
  }

  /**
   * A copy that is restricted to scopes.
   *
   * @param scopes as for {@link #scopes(Collection)}
   * @return a new value
   * @throws IllegalArgumentException as there
   */
  public NewToken scopes(String... scopes) {
    return scopes(List.of(scopes));
  }

  /**
   * A copy with a lifetime of its own.
   *
   * @param lifetime how long it lives
   * @return a new value
   */
  public NewToken lifetime(Lifetime lifetime) {
    return new NewToken(label, scopes, Objects.requireNonNull(lifetime, "lifetime"), client);
  }

  /**
   * A copy that names the client that asked for it.
   *
   * @param client what the client calls itself; at most 64 characters of it are kept
   * @return a new value
   */
  public NewToken client(String client) {
    return new NewToken(label, scopes, lifetime, Objects.requireNonNull(client, "client"));
  }

  /** The scopes of a credential that has them already, however many. */
  NewToken restrictedTo(Set<String> scopes) {
    return new NewToken(label, Set.copyOf(scopes), lifetime, client);
  }

  private static void refuse(Optional<Fault> fault) {
    fault.ifPresent(
        found -> {
          throw new IllegalArgumentException(found.detail());
        });
  }

  /**
   * Checks a label.
   *
   * @param label a label
   * @return the fault, in the field {@code label}, if any
   */
  public static Optional<Fault> labelFault(String label) {
    int length = label.codePointCount(0, label.length());
    boolean text = label.codePoints().noneMatch(c -> Character.isISOControl(c) || isSurrogate(c));
    return length >= 1 && length <= MAX_LABEL && text
        ? Optional.empty()
        : Optional.of(
            new Fault(
                "label",
                "invalid_label",
                "A label must have 1 to 100 characters, none of them a control character."));
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  /**
   * Checks scopes.
   *
   * @param scopes scopes
   * @return the fault, in the field {@code scopes}, if any
   */
  public static Optional<Fault> scopesFault(Collection<String> scopes) {
    boolean valid =
        scopes.size() <= MAX_SCOPES
            && scopes.stream().mapToInt(String::length).sum() <= MAX_ALL_SCOPES
            && scopes.stream().allMatch(s -> s.length() <= MAX_SCOPE && Scopes.isScopeToken(s));
    return valid
        ? Optional.empty()
        : Optional.of(
            new Fault(
                "scopes",
                "invalid_scope",
                "Give at most 64 scopes with at most 1,000 characters in all; each must have 1 to 128"
                    + " printable ASCII characters, none of them a space, quote or backslash."));
  }

  /** {@return the label} */
  public String label() {
    return label;
  }

  /** {@return the scopes that the token is restricted to; an empty set for no restriction} */
  public Set<String> scopes() {
    return scopes;
  }

  /** {@return how long the token lives; empty for the issuer's lifetime} */
  public Optional<Lifetime> lifetime() {
    return Optional.ofNullable(lifetime);
  }

  String client() {
    return client;
  }

  @Override
  public String toString() {
    return "NewToken[" + label + "]";
  }
}
