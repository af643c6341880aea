package dev.sallyport;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One way to find out who a request is from. A lambda is an authenticator.
 *
 * <p>It is asked by many threads at once. It writes nothing to the response and keeps nothing of
 * the request. Input that a client can send never makes it throw; a store that can't answer makes
 * it throw {@link StoreUnavailableException}.
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
   * The name in results, events and the trace, for example {@code basic}. In a chain each name
   * stands once.
   *
   * @return the name; by default the class's, which for a lambda is an ugly one: see {@link #named}
   */
  default String name() {
    return getClass().getName();
  }

  /**
   * The auth-schemes that this authenticator reads from {@code Authorization}, for example {@code
   * Basic}. A chain asks once, when it is built. It rejects credentials of a scheme as soon as the
   * last member that declares it has passed them over, so that wrong credentials never fall through
   * to a cookie behind them.
   *
   * <p>Whoever reads {@code Authorization} must declare what it reads there: credentials of a
   * scheme that nobody declares count as none.
   *
   * @return tokens of RFC 9110 in any letter case, always the same; none by default
   */
  default Set<String> authSchemes() {
    return Set.of();
  }

  /**
   * How a client can authenticate. It is asked after the decision, when the answer needs
   * challenges. Where a browser is not to prompt, use {@link Challenge#unprompted()} rather than
   * leave the challenge out.
   *
   * @param request the request to be answered
   * @return the challenges in order; none by default
   */
  default List<Challenge> challenges(AuthRequest request) {
    return List.of();
  }

  /**
   * Looks at a request that is to log out, and ends nothing yet. Credentials that are wrong or
   * stale are none: there is nothing to end.
   *
   * @param request the request
   * @return what to do; by default there is nothing to end, as for a password
   * @throws StoreUnavailableException if a store could not answer
   */
  default Logout planLogout(AuthRequest request) {
    return Logout.nothing();
  }

  /**
   * Itself, or what it wraps, as what it is.
   *
   * @param type a type
   * @param <T> the type
   * @return the authenticator of that type, if this is one or wraps one
   */
  default <T> Optional<T> unwrap(Class<T> type) {
    return type.isInstance(this) ? Optional.of(type.cast(this)) : Optional.empty();
  }

  /**
   * Gives a lambda a name and its challenges. The auth-schemes of the challenges count as declared
   * (see {@link #authSchemes}), beside those that the authenticator declares itself.
   *
   * @param name the name, not empty
   * @param authenticator what decides
   * @param challenges how a client can authenticate; may be none
   * @return an authenticator of that name
   * @throws IllegalArgumentException if the name is empty, or the authenticator is a chain, whose
   *     members would be hidden
   */
  static Authenticator named(String name, Authenticator authenticator, Challenge... challenges) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("The name of an authenticator is empty");
    }
    Objects.requireNonNull(authenticator, "authenticator");
    if (authenticator instanceof AuthenticatorChain) {
      throw new IllegalArgumentException(
          "A chain has no name of its own; give it to a chain as it is");
    }
    return new NamedAuthenticator(name, authenticator, List.of(challenges));
  }
}
