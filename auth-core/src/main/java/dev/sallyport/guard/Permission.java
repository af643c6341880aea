package dev.sallyport.guard;

import dev.sallyport.Authenticated;
import dev.sallyport.Scopes;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Who may. A lambda is a permission; many threads call it at once.
 *
 * <pre>{@code
 * Permission.role("admin").or(Permission.scope("reports:read"))
 * }</pre>
 */
@FunctionalInterface
public interface Permission {
  /**
   * Decides about one access.
   *
   * @param access who wants what
   * @return the verdict; never null
   */
  Verdict check(Access access);

  /**
   * {@return a permission for anybody, even without credentials} Wrong credentials are still
   * refused.
   */
  static Permission anyone() {
    return access -> Verdict.ALLOWED;
  }

  /**
   * Whoever is authenticated, even by a credential that scopes restrict: where that isn't enough,
   * require a {@link #scope}.
   *
   * @return the permission
   */
  static Permission authenticated() {
    return who(any -> true);
  }

  /**
   * {@return a permission that lets anybody read by a safe method and requires authentication for
   * the rest}
   */
  static Permission authenticatedOrReadOnly() {
    return access ->
        access.request().isSafe() || access.who().isPresent() ? Verdict.ALLOWED : Verdict.DENIED;
  }

  /**
   * Whoever has the role, even by a credential that scopes restrict: where that isn't enough,
   * require a {@link #scope} as well.
   *
   * @param role the role, compared exactly
   * @return the permission
   */
  static Permission role(String role) {
    Objects.requireNonNull(role, "role");
    return who(authenticated -> authenticated.principal().hasRole(role));
  }

  /**
   * Whoever's credential has the scope or is not restricted by scopes.
   *
   * @param scope a scope-token of RFC 6749 section 3.3
   * @return the permission
   * @throws IllegalArgumentException if it is no scope-token
   */
  static Permission scope(String scope) {
    if (!Scopes.isScopeToken(scope)) {
      throw new IllegalArgumentException(
          "A scope is printable ASCII without space, quote and backslash (RFC 6749 section 3.3)");
    }
    Verdict insufficient = Verdict.insufficientScope(scope);
    return access ->
        access
            .who()
            .map(who -> who.allows(scope) ? Verdict.ALLOWED : insufficient)
            .orElse(Verdict.DENIED);
  }

  /**
   * Whoever proved who they are within a time limit. An unknown time counts as too long ago.
   *
   * @param limit how long ago is too long; more than zero
   * @return the permission
   * @throws IllegalArgumentException if the limit is zero or negative
   */
  static Permission authenticatedWithin(Duration limit) {
    if (limit.isZero() || limit.isNegative()) {
      throw new IllegalArgumentException("The limit must be more than zero, not " + limit);
    }
    return access -> {
      if (access.who().isEmpty()) {
        return Verdict.DENIED;
      }
      return access
          .who()
          .flatMap(Authenticated::authenticatedAt)
          .filter(proved -> Duration.between(proved, access.now()).compareTo(limit) < 0)
          .map(recently -> Verdict.ALLOWED)
          .orElse(Verdict.REAUTHENTICATE);
    };
  }

  /**
   * Whoever is authenticated and passes a test of the host's.
   *
   * @param test the test
   * @return the permission
   */
  static Permission who(Predicate<Authenticated> test) {
    Objects.requireNonNull(test, "test");
    return access -> access.who().filter(test).isPresent() ? Verdict.ALLOWED : Verdict.DENIED;
  }

  /**
   * Both; the second is asked only if the first says yes.
   *
   * @param other the second
   * @return the permission
   */
  default Permission and(Permission other) {
    Objects.requireNonNull(other, "other");
    return access -> {
      Verdict first = check(access);
      return first.isAllowed() ? other.check(access) : first;
    };
  }

  /**
   * Either; the second is asked only if the first says no. If both do, the verdict is the one that
   * tells the client more.
   *
   * @param other the second
   * @return the permission
   */
  default Permission or(Permission other) {
    Objects.requireNonNull(other, "other");
    return access -> {
      Verdict first = check(access);
      if (first.isAllowed()) {
        return first;
      }
      Verdict second = other.check(access);
      return second.isAllowed() || second.kind().compareTo(first.kind()) > 0 ? second : first;
    };
  }

  /**
   * {@return the opposite of this permission} An anonymous request passes the opposite of anything
   * that it fails; to keep it out, say {@code authenticated().and(role("guest").not())}.
   */
  default Permission not() {
    return access -> check(access).isAllowed() ? Verdict.DENIED : Verdict.ALLOWED;
  }
}
