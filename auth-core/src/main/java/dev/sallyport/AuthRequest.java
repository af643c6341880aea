package dev.sallyport;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an HTTP request that authentication needs. Immutable, and as thread-safe as its
 * {@link HeaderSource}. An adapter builds one for each request.
 */
public final class AuthRequest {
  private final String method;
  private final RequestTarget target;
  private final HeaderSource headers;
  private final @Nullable FormSource form;
  private final InetAddress client;
  private final boolean secure;
  private final boolean behindProxies;

  /**
   * Split on first use. A race only computes it twice, which is harmless because it is immutable.
   */
  private @Nullable Authorization authorization;

  private AuthRequest(Builder builder) {
    this.method = builder.method;
    this.target = RequestTarget.of(builder.target, builder.authority);
    this.headers = builder.source == null ? new CopiedHeaders(builder.copied) : builder.source;
    this.form = builder.form;
    TrustedProxies proxies = builder.proxies;
    TrustedProxies.Origin origin =
        proxies == null || proxies.isNone()
            ? null
            : proxies.origin(builder.peer, builder.secure, headers);
    this.behindProxies = origin != null;
    InetAddress said = origin == null ? builder.peer : origin.client();
    this.client = proxies == null ? said : proxies.translated(said);
    this.secure = origin == null ? builder.secure : origin.secure();
  }

  /**
   * Starts a request. Everything that matters for security is a parameter, so that no adapter can
   * forget it.
   *
   * @param method the method as received; it is case-sensitive (RFC 9110 section 9.1)
   * @param target the request target as received, not decoded, for example {@code /a?b=c}; of one
   *     in absolute form (RFC 9112 section 3.2.2), path and query are taken, and the authority,
   *     which the {@code Host} field then doesn't change
   * @param authority {@code :authority} of HTTP/2 and HTTP/3 (RFC 9113 section 8.3.1); null on
   *     HTTP/1.1, where the {@code Host} field has it
   * @param peer the address at the other end of the connection; {@link IpAddress} reads it from
   *     text
   * @param secure whether the connection is protected by TLS
   * @return a builder for the header fields
   */
  public static Builder builder(
      String method, String target, @Nullable String authority, InetAddress peer, boolean secure) {
    return new Builder(method, target, authority, peer, secure);
  }

  /** {@return the method as received} */
  public String method() {
    return method;
  }

  /** {@return path and query as received, not decoded} */
  public String target() {
    return target.target();
  }

  /**
   * {@return the path of the target as received: not decoded, not normalised, without the query}
   * Compare it as a whole.
   */
  public String path() {
    String whole = target.target();
    int query = whole.indexOf('?');
    return query < 0 ? whole : whole.substring(0, query);
  }

  /**
   * {@return host and port that the request is for, as the client wrote them; empty if it doesn't
   * say, or {@linkplain #isContradictory contradicts itself}}
   */
  public Optional<String> authority() {
    List<String> hosts = headers.values("Host");
    if (target.isContradicted(hosts)) {
      return Optional.empty();
    }
    return target.authority() != null
        ? Optional.of(target.authority())
        : hosts.stream().filter(host -> !host.isEmpty()).findFirst();
  }

  /**
   * {@return whether the request names several authorities that differ, or one in its target or
   * {@code :authority} that is malformed} The answer is 400 (RFC 9112 section 3.2, RFC 9113 section
   * 8.3.1): a proxy may have taken the other.
   */
  public boolean isContradictory() {
    return target.isContradicted(headers.values("Host"));
  }

  /**
   * {@return whether a browser asks by this request whether another site's page may send one (Fetch
   * standard, CORS-preflight request)} It carries no credentials.
   */
  public boolean isPreflight() {
    return method.equals("OPTIONS")
        && !headers.values("Origin").isEmpty()
        && !headers.values("Access-Control-Request-Method").isEmpty();
  }

  /**
   * The values of a header field.
   *
   * @param name the field name, in any letter case
   * @return one value for each field line, in order; empty if there is none
   */
  public List<String> headers(String name) {
    return headers.values(name);
  }

  /** {@return the names of all header fields, in any letter case and order} */
  public Collection<String> headerNames() {
    return headers.names();
  }

  /**
   * The values of a cookie, as they were sent: quotes and percent signs are part of them (RFC
   * 6265bis section 4.2). The name is compared exactly. Anything that isn't {@code name=value} is
   * ignored.
   *
   * @param name the name of the cookie
   * @return its values in the order received; with several, one may have been planted, and the
   *     order doesn't tell which
   */
  public List<String> cookies(String name) {
    List<String> found = List.of();
    for (String line : headers.values("Cookie")) {
      found = CookieLine.values(line, name, found);
    }
    return found.size() > 1 ? Collections.unmodifiableList(found) : found;
  }

  /**
   * The values of a field of the posted HTML form. Nothing else reads the body. An adapter may look
   * at its beginning only, and so cut a longer form.
   *
   * @param name the name of the field
   * @return its values in order; empty if there are none, or the body isn't a form
   */
  public List<String> formValues(String name) {
    return form == null ? List.of() : form.values(name);
  }

  /**
   * {@return the client's address, which throttling and events use: the peer's or, behind trusted
   * proxies, the one that they report}
   */
  public InetAddress clientAddress() {
    return client;
  }

  /** {@return where the request comes from: the client's address and what it calls itself} */
  public Client client() {
    List<String> agents = headers.values("User-Agent");
    return new Client(client, agents.isEmpty() ? "" : agents.get(0));
  }

  /**
   * {@return whether the request came over TLS; behind a trusted proxy, whether that proxy says so}
   */
  public boolean isSecure() {
    return secure;
  }

  /** Whether the host has trusted proxies, in which case local requests get no exemption. */
  boolean isBehindProxies() {
    return behindProxies;
  }

  /** {@return whether the method is safe: GET, HEAD, OPTIONS or TRACE (RFC 9110 section 9.2.1)} */
  public boolean isSafe() {
    return switch (method) {
      case "GET", "HEAD", "OPTIONS", "TRACE" -> true;
      default -> false;
    };
  }

  /**
   * {@return the {@code Authorization} field, never null} It is split only once, however many
   * schemes ask.
   */
  public Authorization authorization() {
    Authorization split = authorization;
    if (split == null) {
      split = Authorization.split(headers.values("Authorization"));
      authorization = split;
    }
    return split;
  }

  /**
   * {@return method and path, for example {@code GET /api}} Header fields and the query may hold
   * secrets and are left out.
   */
  @Override
  public String toString() {
    return method + " " + path();
  }

  /** Builds an {@link AuthRequest}; not thread-safe. */
  public static final class Builder {
    private final String method;
    private final String target;
    private final @Nullable String authority;
    private final InetAddress peer;
    private final boolean secure;
    private Map<String, List<String>> copied = Map.of();
    private @Nullable HeaderSource source;
    private @Nullable FormSource form;
    private @Nullable TrustedProxies proxies;

    private Builder(
        String method,
        String target,
        @Nullable String authority,
        InetAddress peer,
        boolean secure) {
      this.method = Objects.requireNonNull(method, "method");
      this.target = Objects.requireNonNull(target, "target");
      this.authority = authority;
      this.peer = Objects.requireNonNull(peer, "peer");
      this.secure = secure;
    }

    /**
     * Reads all header fields from the host's own request, in place of {@link #header}.
     *
     * @param source where to read from
     * @return this
     */
    public Builder headers(HeaderSource source) {
      this.source = Objects.requireNonNull(source, "source");
      return this;
    }

    /**
     * Adds one header field line; the same name can be added again.
     *
     * @param name a field name
     * @param value its value
     * @return this
     * @throws IllegalArgumentException if the name is not a token of RFC 9110
     */
    public Builder header(String name, String value) {
      if (!Ascii.isToken(name)) {
        throw new IllegalArgumentException("A header field name must be a token of RFC 9110");
      }
      if (copied.isEmpty()) {
        copied = new LinkedHashMap<>();
      }
      copied
          .computeIfAbsent(Ascii.lower(name), n -> new ArrayList<>())
          .add(Objects.requireNonNull(value, "value"));
      return this;
    }

    /**
     * Sets where the fields of a posted form are read from.
     *
     * @param form where to read from; by default there is no form
     * @return this
     */
    public Builder form(FormSource form) {
      this.form = Objects.requireNonNull(form, "form");
      return this;
    }

    /**
     * Sets the proxies that are trusted to report the client's address and TLS.
     *
     * @param proxies by default {@link TrustedProxies#none()}
     * @return this
     */
    public Builder trustedProxies(TrustedProxies proxies) {
      this.proxies = Objects.requireNonNull(proxies, "proxies");
      return this;
    }

    /**
     * Builds the request.
     *
     * @return the request
     * @throws IllegalStateException if header fields come from a source and were added as well
     */
    public AuthRequest build() {
      if (source != null && !copied.isEmpty()) {
        throw new IllegalStateException("Header fields come from a source or one by one, not both");
      }
      return new AuthRequest(this);
    }
  }

  /** Header fields that were added one by one, under their lower-case names. */
  private static final class CopiedHeaders implements HeaderSource {
    private final Map<String, List<String>> fields = new LinkedHashMap<>();

    CopiedHeaders(Map<String, List<String>> copied) {
      copied.forEach((name, values) -> fields.put(name, List.copyOf(values)));
    }

    @Override
    public List<String> values(String name) {
      return fields.getOrDefault(Ascii.lower(name), List.of());
    }

    @Override
    public Collection<String> names() {
      return fields.keySet();
    }
  }
}
