package dev.sallyport.jwt.token;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Secret;
import dev.sallyport.jwt.fetch.RemoteJson;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks an authorization server what a token is worth (RFC 7662): for tokens that nobody else can
 * read, and for JWTs whose revocation must be noticed. Safe for many threads; it blocks while the
 * server is asked.
 *
 * <p>An answer is remembered for a minute, and never beyond the token's {@code exp}; a refusal for
 * at most ten seconds. So a token that is revoked at the server ends here within that time. A token
 * that several threads present at once is asked about once. If the server gives no answer, or one
 * that makes no sense, that is an outage and not a bad token; each failed request raises {@link
 * dev.sallyport.event.AuthEvent.StoreOutage}.
 *
 * <pre>{@code
 * TokenIntrospector introspector =
 *     TokenIntrospector.builder(environment, URI.create("https://idp.example/introspect"), "https://idp.example")
 *         .clientSecret("notes-api", secret)
 *         .audience("https://notes.example")
 *         .build();
 * }</pre>
 */
public final class TokenIntrospector {
  /** A bearer token (RFC 6750 section 2.1). */
  private static final Pattern BEARER_TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]++=*+");

  /** The longest that a chain can be made to accept. */
  private static final int MAX_LENGTH = 65_536;

  private final AuthEnvironment environment;
  private final String issuer;
  private final Introspections introspections;

  private TokenIntrospector(Builder builder) {
    environment = builder.environment;
    issuer = Objects.requireNonNull(builder.issuer);
    introspections =
        new Introspections(
            builder, new IntrospectionPolicy(issuer, builder.withoutIssuer, builder.policy()));
  }

  /**
   * Starts building an introspector. The credentials of this host and the audience must either be
   * set, or the audience be explicitly left open.
   *
   * @param environment supplies the clock, and is notified of outages
   * @param endpoint an https URL, or an http URL of this machine; redirects are not followed
   * @param issuer the name of the server, which the {@code iss} of its answers must be, compared
   *     exactly; its subjects are told by it from those of others
   * @return a builder
   * @throws IllegalArgumentException if it is any other URL, or the issuer is empty
   */
  public static Builder builder(AuthEnvironment environment, URI endpoint, String issuer) {
    return new Builder(environment, endpoint, issuer);
  }

  /**
   * Asks what a token is worth.
   *
   * @param token the token; it can be anything
   * @return an {@link IntrospectedToken}, or why it is refused
   * @throws dev.sallyport.StoreUnavailableException if the server gives no valid answer, or too
   *     many threads are waiting for its answers already
   */
  public IntrospectionResult introspect(String token) {
    return token.length() <= MAX_LENGTH && BEARER_TOKEN.matcher(token).matches()
        ? introspections.find(token)
        : IntrospectionPolicy.MALFORMED;
  }

  /** {@return the name of the server} */
  public String issuer() {
    return issuer;
  }

  /** {@return the environment of its clock and its events} */
  public AuthEnvironment environment() {
    return environment;
  }

  @Override
  public String toString() {
    return "TokenIntrospector[" + introspections + "]";
  }

  /** Builds a {@link TokenIntrospector}; not safe for several threads. */
  public static final class Builder extends ClaimRules<Builder> {
    private static final Duration MAX_REMEMBERED = Duration.ofMinutes(5);

    final AuthEnvironment environment;
    final URI endpoint;
    Duration timeout = Duration.ofSeconds(5);
    Duration rememberFor = Duration.ofMinutes(1);
    int maxWaiting = 64;

    private boolean withoutIssuer;
    private @Nullable Supplier<String> authorization;
    private @Nullable HttpClient client;

    private Builder(AuthEnvironment environment, URI endpoint, String issuer) {
      super(1);
      this.environment = Objects.requireNonNull(environment, "environment");
      this.endpoint = RemoteJson.checked(endpoint);
      this.issuer = named("issuer", issuer);
    }

    /**
     * Authenticates this host to the server by Basic (RFC 6749 section 2.3.1).
     *
     * @param clientId its name there, not empty
     * @param secret its secret there
     * @return this
     * @throws IllegalArgumentException if the name is empty
     * @throws IllegalStateException if the host already has credentials
     */
    public Builder clientSecret(String clientId, Secret secret) {
      if (clientId.isEmpty()) {
        throw new IllegalArgumentException("The client_id can't be empty");
      }
      String pair = RemoteJson.encoded(clientId) + ":" + RemoteJson.encoded(secret.reveal());
      String basic =
          "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
      return authorization(() -> basic);
    }

    /**
     * Authenticates this host to the server by a token of its own.
     *
     * @param token called for each request; what it throws is an outage
     * @return this
     * @throws IllegalStateException if the host already has credentials
     */
    public Builder bearer(Supplier<Secret> token) {
      Objects.requireNonNull(token, "token");
      return authorization(() -> "Bearer " + checked(token.get().reveal()));
    }

    private Builder authorization(Supplier<String> value) {
      if (authorization != null) {
        throw new IllegalStateException("The host already has credentials for the server");
      }
      authorization = value;
      return this;
    }

    /** The HTTP client would quote what it refuses. */
    private static String checked(String token) {
      if (!BEARER_TOKEN.matcher(token).matches()) {
        throw new IllegalStateException("The host's own bearer token is not well-formed");
      }
      return token;
    }

    Supplier<String> authorization() {
      if (authorization == null) {
        throw new IllegalArgumentException(
            "The server answers nobody without credentials: set clientSecret or bearer");
      }
      return authorization;
    }

    /**
     * Also accepts answers without {@code iss}; one that is present must still be the issuer's.
     *
     * @return this
     */
    public Builder acceptWithoutIssuer() {
      this.withoutIssuer = true;
      return this;
    }

    /**
     * Sets how long an answer is remembered: so long does a revoked token live on here. A refusal
     * is remembered as long, but at most 10 seconds.
     *
     * @param rememberFor zero (the server is asked each time) to 5 minutes; by default 1 minute
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder rememberFor(Duration rememberFor) {
      if (rememberFor.isNegative() || rememberFor.compareTo(MAX_REMEMBERED) > 0) {
        throw new IllegalArgumentException(
            "An answer can be remembered for 0 to 5 minutes, not " + rememberFor);
      }
      this.rememberFor = rememberFor;
      return this;
    }

    /**
     * Sets how many threads may wait for answers at a time, and so how many requests there may be.
     *
     * @param threads 1 to 10,000; by default 64; for any others it is an outage at once
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder maxWaiting(int threads) {
      if (threads < 1 || threads > 10_000) {
        throw new IllegalArgumentException("1 to 10000 threads can wait, not " + threads);
      }
      this.maxWaiting = threads;
      return this;
    }

    /**
     * Sets how long one request may take.
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
     * Sets the HTTP client, for a proxy or custom certificates.
     *
     * @param client a client that follows no redirects; by default the JDK's
     * @return this
     * @throws IllegalArgumentException if it follows redirects
     */
    public Builder client(HttpClient client) {
      this.client = RemoteJson.checked(client);
      return this;
    }

    HttpClient httpClient() {
      return client == null ? RemoteJson.standardClient(timeout) : client;
    }

    /**
     * Builds the introspector. Nothing is asked yet.
     *
     * @return the introspector
     * @throws IllegalArgumentException if there are no credentials, or the audience is neither set
     *     nor left open, or is both
     */
    public TokenIntrospector build() {
      return new TokenIntrospector(this);
    }
  }
}
