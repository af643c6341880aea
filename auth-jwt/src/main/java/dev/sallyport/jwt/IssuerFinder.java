package dev.sallyport.jwt;

import dev.sallyport.AuthEnvironment;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds issuers when a token names them, such as the tenants of an application, with a function of
 * the host's. Its answers are remembered, so that an issuer that it no longer trusts is refused
 * after that time at the latest, including tokens that have been accepted before. Immutable.
 *
 * <p>The {@code iss} of a token is not proven when the function is asked about it: anybody can
 * write anything there. It gets only URLs that could be an issuer's (https, or http on this
 * machine; up to 256 printable ASCII characters; no user info, query or fragment). It is asked
 * about one issuer once at a time. At most 16 threads wait for what it says of issuers that it has
 * not trusted before, and 64 for those that it has: for any others it is an outage at once. A
 * trusted issuer that is in use is asked about anew in the last fifth of the time for which it is
 * remembered, by one thread, and by 16 for all issuers; nobody else waits for that. What it refuses
 * is remembered apart from what it trusts, so that invented issuers displace no trusted one.
 * Nothing is fetched from an issuer that it refuses.
 *
 * <pre>{@code
 * JwtAuthenticator.builder().trust(IssuerFinder.of(environment, tenants::find)).build()
 * }</pre>
 */
public final class IssuerFinder {
  private static final Duration MAX_KEPT = Duration.ofHours(1);

  private final AuthEnvironment environment;
  private final Function<String, Optional<TrustedIssuer>> function;
  private final Duration keptFor;
  private final int maxIssuers;

  private IssuerFinder(
      AuthEnvironment environment,
      Function<String, Optional<TrustedIssuer>> function,
      Duration keptFor,
      int maxIssuers) {
    this.environment = environment;
    this.function = function;
    this.keptFor = keptFor;
    this.maxIssuers = maxIssuers;
  }

  /**
   * Finds issuers with a function. Trusted ones are remembered for 5 minutes, and 1,000 of them;
   * refused ones for 30 seconds.
   *
   * @param environment supplies the clock by which answers are remembered
   * @param function returns the issuer with this {@code iss}, or empty if it is not trusted. It
   *     should return the same object for as long as nothing about the issuer has changed: keys and
   *     tokens are remembered in it. {@link dev.sallyport.StoreUnavailableException} means that it
   *     can't say; any other exception is passed on. Called by many threads
   * @return the finder
   */
  public static IssuerFinder of(
      AuthEnvironment environment, Function<String, Optional<TrustedIssuer>> function) {
    return new IssuerFinder(
        Objects.requireNonNull(environment, "environment"),
        Objects.requireNonNull(function, "function"),
        Duration.ofMinutes(5),
        1_000);
  }

  /**
   * Sets how long a trusted issuer is remembered. Refused ones are remembered as long, but 30
   * seconds at most.
   *
   * @param keptFor 1 second to 1 hour
   * @return a new finder
   * @throws IllegalArgumentException if it is out of range
   */
  public IssuerFinder keptFor(Duration keptFor) {
    if (keptFor.toMillis() < 1_000 || keptFor.compareTo(MAX_KEPT) > 0) {
      throw new IllegalArgumentException(
          "Issuers must be remembered for 1 second to 1 hour, not " + keptFor);
    }
    return new IssuerFinder(environment, function, keptFor, maxIssuers);
  }

  /**
   * Sets how many trusted issuers are remembered. If there are more, the one that was asked about
   * longest ago is forgotten. It should be more than there are: anybody can name them all.
   *
   * @param issuers 1 to 10,000
   * @return a new finder
   * @throws IllegalArgumentException if it is out of range
   */
  public IssuerFinder maxIssuers(int issuers) {
    if (issuers < 1 || issuers > 10_000) {
      throw new IllegalArgumentException("1 to 10000 issuers can be remembered, not " + issuers);
    }
    return new IssuerFinder(environment, function, keptFor, issuers);
  }

  AuthEnvironment environment() {
    return environment;
  }

  Optional<TrustedIssuer> find(String issuer) {
    return Objects.requireNonNull(
        function.apply(issuer), "The function that finds issuers returned null");
  }

  Duration keptFor() {
    return keptFor;
  }

  int maxIssuers() {
    return maxIssuers;
  }
}
