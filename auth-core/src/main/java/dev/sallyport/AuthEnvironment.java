package dev.sallyport;

import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.event.AuthListener;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Everything that the parts of one host share: the clock, randomness, the event listener, the
 * accepted transport and origins, the trusted proxies, the mount path, and where attempts are
 * counted. Build it once and pass it to everything. Immutable; as thread-safe as what it holds.
 *
 * <pre>{@code
 * AuthEnvironment environment = AuthEnvironment.standard().withListener(listener);
 * }</pre>
 */
public final class AuthEnvironment {
  private static final Pattern MOUNT_PATH = Pattern.compile("(/[A-Za-z0-9_-]+)*");

  private final Parts parts;

  private AuthEnvironment(Parts parts) {
    if (parts.transport != TransportSecurity.REQUIRED && !parts.proxies.isNone()) {
      throw new IllegalArgumentException(
          "Plain HTTP can't be accepted for development where proxies are trusted");
    }
    this.parts = parts;
  }

  /**
   * The defaults: the system's clock, events to slf4j, credentials over HTTPS only, no origin but
   * the request's own, no proxies, and counts in this process's memory.
   *
   * @return a new environment, which shares its counts with no other
   */
  public static AuthEnvironment standard() {
    return new AuthEnvironment(new Parts());
  }

  /**
   * Sets where the time comes from.
   *
   * @param clock the clock
   * @return a new environment
   */
  public AuthEnvironment withClock(Clock clock) {
    return with(changed -> changed.clock = Objects.requireNonNull(clock, "clock"));
  }

  /**
   * Sets where secrets, ids and salts come from.
   *
   * @param random the source
   * @return a new environment
   */
  public AuthEnvironment withRandom(SecureRandom random) {
    return with(changed -> changed.random = Objects.requireNonNull(random, "random"));
  }

  /**
   * Sets the event listener.
   *
   * @param listener the listener; for several, {@link AuthListener#all}
   * @return a new environment
   */
  public AuthEnvironment withListener(AuthListener listener) {
    return with(changed -> changed.listener = Objects.requireNonNull(listener, "listener"));
  }

  /**
   * Sets whether credentials are accepted over plain HTTP. The names of cookies follow: {@code
   * dev-session} where it is accepted for development, {@code __Host-session} otherwise.
   *
   * @param transport what is accepted
   * @return a new environment
   * @throws IllegalArgumentException if plain HTTP is accepted and proxies are trusted
   */
  public AuthEnvironment withTransport(TransportSecurity transport) {
    return with(changed -> changed.transport = Objects.requireNonNull(transport, "transport"));
  }

  /**
   * Sets whose pages may send unsafe requests.
   *
   * @param origins the policy
   * @return a new environment
   */
  public AuthEnvironment withOrigins(OriginPolicy origins) {
    return with(changed -> changed.origins = Objects.requireNonNull(origins, "origins"));
  }

  /**
   * Sets which proxies are believed about the client's address and HTTPS. Adapters ask for them.
   *
   * @param proxies the proxies
   * @return a new environment
   * @throws IllegalArgumentException if proxies are trusted and plain HTTP is accepted
   */
  public AuthEnvironment withProxies(TrustedProxies proxies) {
    return with(changed -> changed.proxies = Objects.requireNonNull(proxies, "proxies"));
  }

  /**
   * Sets where failed logins, sign-ups and requests for reset codes are counted. Nodes that should
   * count together share it.
   *
   * @param counts the store
   * @return a new environment
   */
  public AuthEnvironment withCounts(ThrottleStore counts) {
    return with(changed -> changed.counts = Objects.requireNonNull(counts, "counts"));
  }

  /**
   * Sets whether opaque tokens outlive a change of their user's password. Anything else that raises
   * the user's epoch, including a password reset, ends them in any case.
   *
   * @param outlive true to let them live on; by default false
   * @return a new environment
   */
  public AuthEnvironment withTokensOutlivePasswordChange(boolean outlive) {
    return with(changed -> changed.tokensOutlive = outlive);
  }

  /**
   * Sets the path that the host's whole site is mounted under, such as the context path of a
   * servlet container: that of the endpoints and of cookies for one path lies below it.
   *
   * @param path for example {@code /app}: letters, digits, {@code -} and {@code _} after each
   *     slash, and no trailing slash; empty, the default, for the root
   * @return a new environment
   * @throws IllegalArgumentException if it is anything else
   */
  public AuthEnvironment withMountPath(String path) {
    if (!MOUNT_PATH.matcher(path).matches()) {
      throw new IllegalArgumentException(
          "The mount path must be empty or like /app or /sites/app, not '" + path + "'");
    }
    return with(changed -> changed.mountPath = path);
  }

  private AuthEnvironment with(Consumer<Parts> change) {
    Parts changed = parts.clone();
    change.accept(changed);
    return new AuthEnvironment(changed);
  }

  /** {@return the clock} */
  public Clock clock() {
    return parts.clock;
  }

  /** {@return the time by the clock; read it once for each request} */
  public Instant now() {
    return parts.clock.instant();
  }

  /** {@return the source of secrets, ids and salts} */
  public SecureRandom random() {
    return parts.random;
  }

  /** {@return the event listener; to raise an event, call {@link #publish}} */
  public AuthListener listener() {
    return parts.listener;
  }

  /** {@return whether credentials are accepted over plain HTTP} */
  public TransportSecurity transport() {
    return parts.transport;
  }

  /** {@return whose pages may send unsafe requests} */
  public OriginPolicy origins() {
    return parts.origins;
  }

  /** {@return the proxies that are believed about the client's address and HTTPS} */
  public TrustedProxies proxies() {
    return parts.proxies;
  }

  /** {@return where attempts are counted} */
  public ThrottleStore counts() {
    return parts.counts;
  }

  /** {@return whether opaque tokens live on when their user changes the password} */
  public boolean tokensOutlivePasswordChange() {
    return parts.tokensOutlive;
  }

  /** {@return the path that the host's whole site is mounted under; empty for the root} */
  public String mountPath() {
    return parts.mountPath;
  }

  /**
   * Tells the listener about an event. Anything the listener throws is logged and not propagated.
   *
   * @param event what happened
   */
  public void publish(AuthEvent event) {
    parts.listener.publish(event);
  }

  /**
   * Raises the event of a store that could not answer.
   *
   * @param during what was going on, in snake_case
   * @param outage the outage; its text is left to whoever catches it
   */
  public void reportOutage(String during, StoreUnavailableException outage) {
    publish(new AuthEvent.StoreOutage(now(), during, outage.getClass().getName()));
  }

  /**
   * Does some work, and raises an event if a store could not answer.
   *
   * @param during what is going on, in snake_case
   * @param work the work
   * @param <T> the type of the result
   * @return the result
   * @throws StoreUnavailableException if a store could not answer
   */
  public <T> T reportingOutage(String during, Supplier<T> work) {
    try {
      return work.get();
    } catch (StoreUnavailableException e) {
      reportOutage(during, e);
      throw e;
    }
  }

  /**
   * Raises the event of a refusal: {@link AuthEvent.Throttled}, or {@link
   * AuthEvent.AuthenticationFailed} with the true reason.
   *
   * @param rejected what was refused and why
   * @param client the client's address
   */
  public void report(Rejected rejected, InetAddress client) {
    String subject = rejected.subject().orElse(null);
    if (rejected.reason().refusal() == Refusal.THROTTLED) {
      publish(new AuthEvent.Throttled(now(), rejected.scheme(), subject, client));
    } else {
      publish(
          new AuthEvent.AuthenticationFailed(
              now(), rejected.scheme(), rejected.reason().name(), subject, client));
    }
  }

  @Override
  public String toString() {
    return "AuthEnvironment[" + parts.transport + ", " + parts.proxies + "]";
  }

  /** What an environment holds, by default; nothing changes it once it belongs to one. */
  private static final class Parts implements Cloneable {
    private Clock clock = Clock.systemUTC();
    private SecureRandom random = new SecureRandom();
    private AuthListener listener = AuthListener.slf4j();
    private TransportSecurity transport = TransportSecurity.REQUIRED;
    private OriginPolicy origins = OriginPolicy.ownOnly();
    private TrustedProxies proxies = TrustedProxies.none();
    private ThrottleStore counts = ThrottleStore.inMemory();
    private boolean tokensOutlive;
    private String mountPath = "";

    @Override
    protected Parts clone() {
      try {
        return (Parts) super.clone();
      } catch (CloneNotSupportedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
