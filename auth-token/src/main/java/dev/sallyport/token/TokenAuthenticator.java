package dev.sallyport.token;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticator;
import dev.sallyport.Challenge;
import dev.sallyport.Logout;
import dev.sallyport.OriginPolicy;
import dev.sallyport.SetCookie;
import dev.sallyport.issue.CredentialCookie;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes opaque tokens from the {@code Authorization} field, under the keywords {@code Token} and
 * {@code Bearer} (RFC 6750); or from a cookie, if that is how they are delivered. A bearer token of
 * another format is left to other members of the chain. Never from the query. Immutable and safe
 * for many threads; it blocks while the store is asked, which is once a request.
 *
 * <pre>{@code
 * AuthenticatorChain.of(TokenAuthenticator.of(store, users), BasicAuthenticator.of(passwords))
 * }</pre>
 */
public final class TokenAuthenticator implements Authenticator {
  private static final List<String> KEYWORDS = List.of("Token", "Bearer");

  private final Tokens tokens;
  private final Carrier carrier;

  private TokenAuthenticator(Builder builder) {
    tokens = builder.tokens;
    carrier = carrier(builder, tokens.cookie());
  }

  private static Carrier carrier(Builder builder, @Nullable CredentialCookie cookie) {
    if (cookie == null) {
      List<String> keywords = builder.keywords == null ? KEYWORDS : builder.keywords;
      return new HeaderCarrier(builder.tokens, keywords, builder.realm);
    }
    if (builder.keywords != null) {
      throw new IllegalArgumentException("A token in a cookie has no keyword before it");
    }
    return new CookieCarrier(builder.tokens, cookie, builder.origins, builder.realm);
  }

  /**
   * Takes these tokens, with the defaults of {@link Builder}.
   *
   * @param tokens what makes them
   * @return the authenticator
   */
  public static TokenAuthenticator of(Tokens tokens) {
    return builder(tokens).build();
  }

  /**
   * Takes the tokens of a store, with all defaults.
   *
   * @param tokens where they are kept
   * @param users who the users are
   * @return the authenticator
   */
  public static TokenAuthenticator of(TokenStore tokens, CredentialStore users) {
    return of(Tokens.of(tokens, users));
  }

  /**
   * Takes these tokens, with options.
   *
   * @param tokens what makes them
   * @return a builder
   */
  public static Builder builder(Tokens tokens) {
    return new Builder(tokens);
  }

  /**
   * What makes the tokens that this authenticator takes.
   *
   * @return the tokens
   */
  public Tokens tokens() {
    return tokens;
  }

  @Override
  public AuthResult authenticate(AuthRequest request) {
    return carrier.authenticate(request);
  }

  /** Plans to revoke the token of the request, and no other of its user. */
  @Override
  public Logout planLogout(AuthRequest request) {
    return carrier.planLogout(request);
  }

  @Override
  public List<SetCookie> expiredCookies() {
    CredentialCookie cookie = tokens.cookie();
    return cookie == null ? List.of() : List.of(cookie.expired());
  }

  @Override
  public String name() {
    return Carrier.SCHEME;
  }

  @Override
  public Set<String> authSchemes() {
    return carrier.challenges().stream()
        .map(Challenge::scheme)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public List<Challenge> challenges(AuthRequest request) {
    return carrier.challenges();
  }

  @Override
  public String toString() {
    return "TokenAuthenticator" + carrier;
  }

  /** Builds a {@link TokenAuthenticator}; not safe for several threads. */
  public static final class Builder {
    private final Tokens tokens;
    private @Nullable List<String> keywords;
    private String realm = "api";
    private OriginPolicy origins = OriginPolicy.ownOnly();

    private Builder(Tokens tokens) {
      this.tokens = Objects.requireNonNull(tokens, "tokens");
    }

    /**
     * Sets the keywords before a token, compared by ASCII letters only. Each is a challenge.
     *
     * @param keywords auth-schemes, at least one; by default {@code Token} and {@code Bearer}
     * @return this
     * @throws IllegalArgumentException if there is none, or one twice
     */
    public Builder keywords(String... keywords) {
      long different = List.of(keywords).stream().map(Builder::lower).distinct().count();
      if (keywords.length == 0 || different < keywords.length) {
        throw new IllegalArgumentException(
            "There must be a keyword, and none twice: " + List.of(keywords));
      }
      this.keywords = List.of(keywords);
      return this;
    }

    private static String lower(String keyword) {
      return keyword.toLowerCase(Locale.ROOT);
    }

    /**
     * Sets the realm of the challenges.
     *
     * @param realm printable ASCII; by default {@code api}
     * @return this
     */
    public Builder realm(String realm) {
      this.realm = Objects.requireNonNull(realm, "realm");
      return this;
    }

    /**
     * Sets whose pages may send unsafe requests with a cookie.
     *
     * @param origins by default {@link OriginPolicy#ownOnly()}
     * @return this
     */
    public Builder origins(OriginPolicy origins) {
      this.origins = Objects.requireNonNull(origins, "origins");
      return this;
    }

    /**
     * Makes it.
     *
     * @return the authenticator
     * @throws IllegalArgumentException if a keyword is no token of RFC 9110, keywords are set for
     *     tokens in a cookie, or the realm is not printable ASCII
     */
    public TokenAuthenticator build() {
      return new TokenAuthenticator(this);
    }
  }
}
