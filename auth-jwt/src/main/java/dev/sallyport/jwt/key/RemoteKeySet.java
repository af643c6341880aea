package dev.sallyport.jwt.key;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.jwt.fetch.IssuerUrl;
import dev.sallyport.jwt.fetch.RemoteJson;
import dev.sallyport.jwt.key.PublishedKeys.PassedOver;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.Provider;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The keys that another issuer publishes at a URL (RFC 7517 section 5). They are fetched when the
 * first token arrives, again in the background once they are ten minutes old, and, at most every 30
 * seconds, when a token names a key that is not among them.
 *
 * <p>A valid response replaces the whole set: a key that is no longer in it is withdrawn. A member
 * that can't be used is skipped without affecting the others, and one event names it. While the
 * issuer gives bad responses or none, the last good set is kept for a day; after that, its tokens
 * are an outage.
 *
 * <p>Safe for many threads. Only a token whose key is not available waits for the network, in 16
 * threads at most: for any others it is an outage at once. It reads no clock: the verifier supplies
 * the time.
 *
 * <pre>{@code
 * RemoteKeySet.of(URI.create("https://idp.example/.well-known/jwks.json"))
 * }</pre>
 */
public final class RemoteKeySet extends VerificationKeys {
  private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(30);
  private static final Duration BETWEEN_FIRST_FETCHES = Duration.ofSeconds(5);
  private static final Duration MAX_AGE = Duration.ofMinutes(10);
  private static final int MAX_WAITING = 16;

  private final KeySource source;
  private final @Nullable Provider provider;
  private final Duration keptFor;
  private final AtomicReference<@Nullable Fetch> last = new AtomicReference<>();
  private final Semaphore waiting = new Semaphore(MAX_WAITING);
  private volatile @Nullable FetchedKeys good;

  /** One attempt, and what went wrong; there is never more than one at a time. */
  private record Fetch(Instant start, CompletableFuture<Optional<Throwable>> end) {}

  private RemoteKeySet(Builder builder) {
    super(builder.environment);
    source = builder.source();
    provider = builder.provider;
    keptFor = builder.keptFor;
  }

  /**
   * Creates a set for a URL, in the standard environment and with the defaults of {@link Builder}.
   *
   * @param uri an https URL, or an http URL of this machine; redirects are not followed
   * @return the keys, not yet fetched
   * @throws IllegalArgumentException if it is any other URL
   */
  public static RemoteKeySet of(URI uri) {
    return builder(AuthEnvironment.standard(), uri).build();
  }

  /**
   * Starts building a set for a URL, with options.
   *
   * @param environment supplies the verifiers' clock, and is notified of faults
   * @param uri as for {@link #of}
   * @return a builder
   * @throws IllegalArgumentException if it is any other URL
   */
  public static Builder builder(AuthEnvironment environment, URI uri) {
    return new Builder(environment, RemoteJson.checked(uri), null);
  }

  /**
   * Starts building a set for an issuer, whose metadata says where its keys are (OpenID Connect
   * Discovery 1.0 section 4). The metadata is fetched from the issuer followed by {@code
   * /.well-known/openid-configuration} before each fetch of the keys, and must name exactly this
   * issuer; anything else is an outage. While it can't be fetched, the last good one is used, for
   * as long as keys are kept.
   *
   * @param environment supplies the verifiers' clock, and is notified of faults
   * @param issuer the {@code iss} of its tokens: an https URL, or an http URL of this machine,
   *     without query and fragment
   * @return a builder
   * @throws IllegalArgumentException if it is anything else
   */
  public static Builder discovering(AuthEnvironment environment, String issuer) {
    return new Builder(environment, IssuerUrl.metadata(issuer), issuer);
  }

  @Override
  public Optional<VerificationKey> find(String algorithm, @Nullable String keyId, Instant now) {
    FetchedKeys answer = usable(now);
    if (answer == null) {
      Fetch attempt = fetch(now, BETWEEN_FIRST_FETCHES);
      await(attempt);
      answer = usable(now);
      if (answer == null) {
        throw unavailable(attempt.end.join());
      }
    } else {
      fetch(now, MAX_AGE); // in the background
    }
    Optional<VerificationKey> key = answer.keys().find(algorithm, keyId, now);
    if (key.isEmpty() && keyId != null) {
      await(fetch(now, BETWEEN_FETCHES));
      key = Objects.requireNonNull(good).keys().find(algorithm, keyId, now);
    }
    return key;
  }

  /** The last good response, unless it is too old. */
  private @Nullable FetchedKeys usable(Instant now) {
    FetchedKeys latest = good;
    return latest != null && now.isBefore(latest.since().plus(keptFor)) ? latest : null;
  }

  /** Starts a fetch if the last one began at least this long ago; returns the latest attempt. */
  private Fetch fetch(Instant now, Duration interval) {
    Fetch former = last.get();
    if (former != null && (!former.end.isDone() || isRecent(former, now, interval))) {
      return former;
    }
    CompletableFuture<Boolean> first = new CompletableFuture<>();
    Fetch next =
        new Fetch(
            now,
            first
                .thenCompose(start -> source.fetch(now))
                .thenApply(document -> use(document, now))
                .exceptionally(fault -> report(fault, now)));
    if (last.compareAndSet(former, next)) {
      first.complete(true);
      return next;
    }
    return Objects.requireNonNull(last.get());
  }

  /** After a clock was set back, nothing counts as recent. */
  private static boolean isRecent(Fetch former, Instant now, Duration interval) {
    return !now.isBefore(former.start) && now.isBefore(former.start.plus(interval));
  }

  private Optional<Throwable> report(Throwable fault, Instant at) {
    Throwable cause = KeySource.cause(fault);
    environment().publish(new AuthEvent.StoreOutage(at, "key_set", cause.getClass().getName()));
    return Optional.of(cause);
  }

  private StoreUnavailableException unavailable(Optional<Throwable> fault) {
    String message = "The keys can't be fetched from " + source;
    return fault
        .map(cause -> new StoreUnavailableException(message, cause))
        .orElseGet(() -> new StoreUnavailableException(message));
  }

  private Optional<Throwable> use(KeySource.Document document, Instant asked) {
    FetchedKeys former = good;
    FetchedKeys fetched = FetchedKeys.read(document, former, environment(), provider);
    good = fetched;
    for (PassedOver member : fetched.newlyPassedOver(former)) {
      environment()
          .publish(
              new AuthEvent.KeyPassedOver(
                  asked, source.toString(), member.keyId(), member.reason()));
    }
    return Optional.empty();
  }

  private void await(Fetch fetch) {
    if (fetch.end.isDone()) {
      return;
    }
    if (!waiting.tryAcquire()) {
      throw new StoreUnavailableException(
          MAX_WAITING + " threads are already waiting for keys from " + source);
    }
    try {
      fetch.end.get(source.limit().toMillis() + 1000, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw unavailable(Optional.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("Interrupted while keys were fetched", e);
    } finally {
      waiting.release();
    }
  }

  @Override
  public boolean holds(VerificationKey key, Instant now) {
    fetch(now, MAX_AGE); // in the background
    FetchedKeys answer = usable(now);
    return answer != null && answer.keys().holds(key, now);
  }

  @Override
  public String toString() {
    return "RemoteKeySet[" + source + "]";
  }

  /** Builds a {@link RemoteKeySet}; not safe for several threads. */
  public static final class Builder {
    private static final Duration MIN_KEPT = Duration.ofHours(1);
    private static final Duration MAX_KEPT = Duration.ofDays(7);

    private final AuthEnvironment environment;
    private final URI uri;
    private final @Nullable String issuer;
    private @Nullable HttpClient client;
    private Duration timeout = Duration.ofSeconds(5);
    private @Nullable Provider provider;
    private Duration keptFor = Duration.ofHours(24);

    /**
     * Describes a set.
     *
     * @param uri where its keys are; or, if the issuer is named, that issuer's metadata
     */
    private Builder(AuthEnvironment environment, URI uri, @Nullable String issuer) {
      this.environment = environment;
      this.uri = uri;
      this.issuer = issuer;
    }

    /**
     * Sets the HTTP client that fetches the keys, for a proxy or custom certificates, or to share
     * one among many issuers.
     *
     * @param client a client that follows no redirects; by default the JDK's
     * @return this
     * @throws IllegalArgumentException if it follows redirects
     */
    public Builder client(HttpClient client) {
      this.client = RemoteJson.checked(client);
      return this;
    }

    private KeySource source() {
      HttpClient by = client();
      return issuer == null
          ? new KeyLocation(uri, by, timeout)
          : new Discovery(environment, issuer, uri, by, timeout);
    }

    private HttpClient client() {
      return client != null ? client : RemoteJson.standardClient(timeout);
    }

    /**
     * Sets how long one request may take. Discovery makes two for each attempt.
     *
     * @param timeout 100 ms to 30 s; by default 5 s
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder timeout(Duration timeout) {
      this.timeout = RemoteJson.checked(timeout);
      return this;
    }

    /**
     * Sets the provider that checks signatures, as {@link VerificationKey#withProvider} does.
     *
     * @param provider the provider; by default the JDK's
     * @return this
     */
    public Builder provider(Provider provider) {
      this.provider = Objects.requireNonNull(provider, "provider");
      return this;
    }

    /**
     * Sets how long the last good set stays in use while the issuer gives bad responses or none.
     *
     * @param keptFor 1 hour to 7 days, counted from the last good response; by default 24 hours
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder keptFor(Duration keptFor) {
      if (keptFor.compareTo(MIN_KEPT) < 0 || keptFor.compareTo(MAX_KEPT) > 0) {
        throw new IllegalArgumentException(
            "Keys must be kept for 1 hour to 7 days, not " + keptFor);
      }
      this.keptFor = keptFor;
      return this;
    }

    /**
     * Builds the set.
     *
     * @return the keys, not yet fetched
     */
    public RemoteKeySet build() {
      return new RemoteKeySet(this);
    }
  }
}
