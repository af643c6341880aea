package dev.sallyport;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One way to find out who a request is from. A lambda is an authenticator.
 *
 * <p>Many threads call it at once. It writes nothing to the response and keeps nothing of the
 * request. Input that a client can send never makes it throw; a store that can't answer makes it
 * throw {@link StoreUnavailableException}.
 */
@FunctionalInterface
public interface Authenticator {
  /**
   * Looks at one request.
   *
   * @param request the request
   * @return {@link NotAttempted} if nothing in it is for this scheme, {@link Rejected} if something
   *     is and it is wrong, {@link Authenticated} if it is right; never null
   * @throws StoreUnavailableException if a store could not answer
   */
  AuthResult authenticate(AuthRequest request);

  /**
   * Looks at one request without blocking, and says what is left to do. Where nothing in the
   * request is for this scheme, nothing is.
   *
   * @param request the request
   * @return what completes to the same as {@link #authenticate}; by default all of it may ask a
   *     store
   */
  default Plan<AuthResult> plan(AuthRequest request) {
    return Plan.store(() -> Plan.done(authenticate(request)));
  }

  /**
   * The name in results, events and the trace, for example {@code basic}. It must be unique in a
   * chain.
   *
   * @return the name; by default that of the class, which is ugly for a lambda: see {@link #named}
   */
  default String name() {
    return getClass().getName();
  }

  /**
   * The auth-schemes of this authenticator, for example {@code Basic}: those that it reads from the
   * {@code Authorization} field, and those that its challenges name. A chain asks once, when it is
   * built. Credentials of a scheme that some members declare but none accepts are rejected as soon
   * as the last of those members has passed: they never fall through to later members, such as a
   * cookie's.
   *
   * @return the names, compared by ASCII letters only; none by default
   */
  default Set<String> authSchemes() {
    return Set.of();
  }

  /**
   * How a client can authenticate. Called after the decision, when the answer needs challenges.
   * Where a browser should not prompt, use {@link Challenge#unprompted()} rather than leave a
   * challenge out.
   *
   * @param request the request to be answered
   * @return the challenges in order; none by default
   */
  default List<Challenge> challenges(AuthRequest request) {
    return List.of();
  }

  /**
   * Plans the logout for a request, and ends nothing yet. Wrong or stale credentials count as
   * absent: there is nothing to end.
   *
   * @param request the request
   * @return what to do; by default there is nothing to end, as for a password
   * @throws StoreUnavailableException if a store could not answer
   */
  default Logout planLogout(AuthRequest request) {
    return Logout.nothing();
  }

  /**
   * {@return cookies that make a browser forget this scheme's credentials, {@link SetCookie#expired
   * expired}; none by default, as for credentials in a header} Called for the answer to a request
   * that leaves the caller's own credentials worthless.
   */
  default List<SetCookie> expiredCookies() {
    return List.of();
  }

  /**
   * This authenticator, or the one it wraps, as a given type.
   *
   * @param type a type
   * @param <T> the type
   * @return the authenticator of that type, if this is one or wraps one
   */
  default <T> Optional<T> unwrap(Class<T> type) {
    return type.isInstance(this) ? Optional.of(type.cast(this)) : Optional.empty();
  }

  /**
   * Gives a lambda a name and its challenges. Its auth-schemes are those that the challenges name,
   * and its own.
   *
   * @param name the name, not empty
   * @param authenticator the authenticator that decides
   * @param challenges how a client can authenticate; may be none
   * @return an authenticator of that name
   * @throws IllegalArgumentException if the name is empty, or the authenticator is a chain, whose
   *     members would be hidden
   */
  static Authenticator named(String name, Authenticator authenticator, Challenge... challenges) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("The name of an authenticator can't be empty");
    }
    Objects.requireNonNull(authenticator, "authenticator");
    if (authenticator instanceof AuthenticatorChain) {
      throw new IllegalArgumentException(
          "A chain has no name of its own; give it to a chain as it is");
    }
    return new NamedAuthenticator(name, authenticator, List.of(challenges));
  }
}
