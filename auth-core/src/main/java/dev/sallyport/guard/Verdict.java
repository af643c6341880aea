package dev.sallyport.guard;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a {@link Permission} says, and what the client could do about a no. Immutable. */
public final class Verdict {
  /** Yes. */
  public static final Verdict ALLOWED = new Verdict(Kind.ALLOWED, null);

  /** No. For an anonymous request the answer asks for credentials, else it is 403. */
  public static final Verdict DENIED = new Verdict(Kind.DENIED, null);

  /** No, since the user proved themselves too long ago: 401. */
  public static final Verdict REAUTHENTICATE = new Verdict(Kind.REAUTHENTICATE, null);

  /** The kinds of verdict, the most helpful no last. */
  enum Kind {
    ALLOWED,
    DENIED,
    INSUFFICIENT_SCOPE,
    REAUTHENTICATE
  }

  private final Kind kind;
  private final @Nullable String scope;

  private Verdict(Kind kind, @Nullable String scope) {
    this.kind = kind;
    this.scope = scope;
  }

  /**
   * No, since the credential lacks a scope: 403 with the scope named (RFC 6750 section 3.1).
   *
   * @param scope the scope that is needed
   * @return the verdict
   */
  public static Verdict insufficientScope(String scope) {
    return new Verdict(Kind.INSUFFICIENT_SCOPE, Objects.requireNonNull(scope, "scope"));
  }

  /** {@return whether the request is allowed; true only for {@link #ALLOWED}} */
  public boolean isAllowed() {
    return kind == Kind.ALLOWED;
  }

  Kind kind() {
    return kind;
  }

  Optional<String> scope() {
    return Optional.ofNullable(scope);
  }

  @Override
  public String toString() {
    return scope == null ? kind.name() : kind + "[" + scope + "]";
  }
}
