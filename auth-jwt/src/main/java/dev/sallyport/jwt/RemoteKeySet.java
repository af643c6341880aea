package dev.sallyport.jwt;

import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.event.AuthListener;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.Provider;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The keys that another issuer publishes at a URL (RFC 7517 section 5). They are fetched when the
 * first token comes, again in the background when they are ten minutes old, and when a token names
 * a key that is not among them, which happens at most every 30 seconds. While the issuer is down,
 * the last good set is used on. Safe for many threads; only who needs a key that is not there waits
 * for the network.
 *
 * <pre>{@code
 * RemoteKeySet.of(URI.create("https://idp.example/.well-known/jwks.json"))
 * }</pre>
 */
public final class RemoteKeySet extends VerificationKeys {
  private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(30);
  private static final Duration BETWEEN_FIRST_FETCHES = Duration.ofSeconds(5);
  private static final Duration MAX_AGE = Duration.ofMinutes(10);

  private final KeySource source;
  private final Duration timeout;
  private final @Nullable Provider provider;
  private final AuthListener listener;
  private final Clock clock;
  private final AtomicReference<@Nullable Fetch> last = new AtomicReference<>();
  private volatile @Nullable KeyTable keys;

  /** When the last attempt ended. */
  private volatile Instant ended = Instant.MIN;

  /** One attempt; there is never a second at a time. */
  private record Fetch(Instant start, CompletableFuture<Boolean> end) {}

  private RemoteKeySet(Builder builder) {
    source = new KeySource(builder.uri, builder.client(), builder.timeout);
    timeout = builder.timeout;
    provider = builder.provider;
    listener = builder.listener;
    clock = builder.clock;
  }

  /**
   * The keys at a URL.
   *
   * @param uri an https URL, or an http one of this machine; redirects are not followed
   * @return the keys, which are not fetched yet
   * @throws IllegalArgumentException if it is any other URL
   */
  public static RemoteKeySet of(URI uri) {
    return builder(uri).build();
  }

  /**
   * The keys at a URL, with options.
   *
   * @param uri as for {@link #of}
   * @return a builder
   * @throws IllegalArgumentException if it is any other URL
   */
  public static Builder builder(URI uri) {
    return new Builder(uri);
  }

  @Override
  @Nullable VerificationKey find(JwsHeader header, Instant now) {
    KeyTable known = keys;
    if (known == null) {
      await(fetch(now, BETWEEN_FIRST_FETCHES));
      known = keys;
      if (known == null) {
        throw new StoreUnavailableException("The keys can't be fetched from " + source);
      }
    } else {
      fetch(now, MAX_AGE); // in the background
    }
    VerificationKey key = known.find(header, now);
    if (key == null && header.keyId() != null) {
      await(fetch(now, BETWEEN_FETCHES));
      key = Objects.requireNonNull(keys).find(header, now);
    }
    return key;
  }

  /** Starts to fetch, if the last attempt was so long ago; gives the attempt that is the last. */
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
                .thenCompose(start -> source.fetch())
                .thenApply(this::use)
                .exceptionally(this::report)
                .thenApply(
                    fresh -> {
                      ended = clock.instant();
                      return fresh;
                    }));
    if (last.compareAndSet(former, next)) {
      first.complete(true);
      return next;
    }
    return Objects.requireNonNull(last.get());
  }

  /** Counted from its end; a clock that was set back makes nothing recent. */
  private boolean isRecent(Fetch former, Instant now, Duration interval) {
    Instant end = ended.isAfter(former.start) ? ended : former.start;
    return !now.isBefore(former.start) && now.isBefore(end.plus(interval));
  }

  private boolean report(Throwable fault) {
    Throwable cause = fault.getCause() == null ? fault : fault.getCause();
    listener.publish(
        new AuthEvent.StoreOutage(clock.instant(), "key_set", cause.getClass().getName()));
    return false;
  }

  /** A key that stays is the same object as before, so that what was verified with it stays. */
  private boolean use(List<VerificationKey> fetched) {
    KeyTable former = keys;
    List<KeyTable.Entry> entries = new ArrayList<>();
    for (VerificationKey key : fetched) {
      entries.add(new KeyTable.Entry(known(former, key), null));
    }
    keys = new KeyTable(entries);
    return true;
  }

  private VerificationKey known(@Nullable KeyTable former, VerificationKey fetched) {
    if (former != null) {
      for (KeyTable.Entry entry : former.entries()) {
        if (entry.key().isSame(fetched)) {
          return entry.key();
        }
      }
    }
    return provider == null ? fetched : fetched.withProvider(provider);
  }

  private void await(Fetch fetch) {
    try {
      fetch.end.get(timeout.toMillis() + 1000, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new StoreUnavailableException("The keys can't be fetched from " + source, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("Interrupted while keys were fetched", e);
    }
  }

  @Override
  boolean holds(VerificationKey key, Instant now) {
    fetch(now, MAX_AGE); // in the background
    KeyTable known = keys;
    return known != null && known.holds(key, now);
  }

  @Override
  public String toString() {
    return "RemoteKeySet[" + source + "]";
  }

  /** Builds a {@link RemoteKeySet}; not safe for several threads. */
  public static final class Builder {
    private static final Duration MAX_TIMEOUT = Duration.ofSeconds(30);

    private final URI uri;
    private @Nullable HttpClient client;
    private Duration timeout = Duration.ofSeconds(5);
    private @Nullable Provider provider;
    private AuthListener listener = AuthListener.slf4j();
    private Clock clock = Clock.systemUTC();

    private Builder(URI uri) {
      this.uri = KeySource.checked(uri);
    }

    /**
     * Sets how the keys are fetched, for a proxy or certificates of one's own.
     *
     * @param client a client that follows no redirects; by default one of the JDK's
     * @return this
     * @throws IllegalArgumentException if it follows redirects
     */
    public Builder client(HttpClient client) {
      if (client.followRedirects() != HttpClient.Redirect.NEVER) {
        throw new IllegalArgumentException("The client must not follow redirects");
      }
      this.client = client;
      return this;
    }

    private HttpClient client() {
      return client != null
          ? client
          : HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(timeout)
              .build();
    }

    /**
     * Sets how long one attempt may take.
     *
     * @param timeout 100 ms to 30 s; by default 5 s
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder timeout(Duration timeout) {
      if (timeout.toMillis() < 100 || timeout.compareTo(MAX_TIMEOUT) > 0) {
        throw new IllegalArgumentException("The timeout is 100 ms to 30 s, not " + timeout);
      }
      this.timeout = timeout;
      return this;
    }

    /**
     * Sets what checks the signatures, as {@link VerificationKey#withProvider}.
     *
     * @param provider the provider; by default the JDK's
     * @return this
     */
    public Builder provider(Provider provider) {
      this.provider = Objects.requireNonNull(provider, "provider");
      return this;
    }

    /**
     * Sets who hears that the keys could not be fetched.
     *
     * @param listener by default {@link AuthListener#slf4j()}
     * @return this
     */
    public Builder listener(AuthListener listener) {
      this.listener = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * Sets where the time comes from.
     *
     * @param clock by default the system's
     * @return this
     */
    public Builder clock(Clock clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Makes them.
     *
     * @return the keys, which are not fetched yet
     */
    public RemoteKeySet build() {
      return new RemoteKeySet(this);
    }
  }
}
