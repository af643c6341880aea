package dev.sallyport.basic;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Authenticator;
import dev.sallyport.Authorization;
import dev.sallyport.Challenge;
import dev.sallyport.NotAttempted;
import dev.sallyport.OriginPolicy;
import dev.sallyport.Plan;
import dev.sallyport.Reason;
import dev.sallyport.Rejected;
import dev.sallyport.TransportSecurity;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.password.Passwords;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.User;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Accepts a username and password in every request (RFC 7617). Immutable and safe for many threads;
 * it blocks on the store and while a password is hashed.
 *
 * <p>Once a browser has asked the user, it keeps sending the credentials by itself, whichever page
 * makes the request. So an unsafe request that the browser marks as another site's is refused.
 *
 * <pre>{@code
 * Authenticator basic = BasicAuthenticator.of(auth);
 * }</pre>
 */
public final class BasicAuthenticator implements Authenticator {
  private static final String NAME = "basic";
  private static final int MAX_HEADER = 8 * 1024;

  private final Passwords passwords;
  private final TransportSecurity transport;
  private final OriginPolicy origins;
  private final Prompt prompt;
  private final List<Challenge> prompting;
  private final List<Challenge> unprompted;
  private final Rejected several;
  private final Rejected oversized;
  private final Rejected malformed;
  private final Rejected insecure;
  private final Rejected crossSite;

  private BasicAuthenticator(Builder builder) {
    passwords = builder.passwords;
    transport = passwords.environment().transport();
    origins = passwords.environment().origins();
    prompt = builder.prompt;
    Challenge challenge = Challenge.of("Basic", builder.realm).with("charset", "UTF-8");
    prompting = List.of(challenge);
    unprompted = List.of(challenge.unprompted());
    several = Rejected.of(NAME, Reason.SEVERAL_CREDENTIALS);
    oversized = Rejected.of(NAME, Reason.OVERSIZED).withChallenge(challenge);
    malformed = Rejected.of(NAME, Reason.MALFORMED).withChallenge(challenge);
    insecure = Rejected.of(NAME, Reason.INSECURE_TRANSPORT);
    crossSite = Rejected.of(NAME, Reason.CROSS_SITE);
  }

  /**
   * Basic with the defaults of {@link Builder}.
   *
   * @param auth whose passwords are checked
   * @return the authenticator
   */
  public static BasicAuthenticator of(Sallyport auth) {
    return of(auth.passwords());
  }

  /**
   * Basic with the defaults of {@link Builder}, for a host that issues nothing.
   *
   * @param passwords checks the passwords; its environment applies
   * @return the authenticator
   */
  public static BasicAuthenticator of(Passwords passwords) {
    return builder(passwords).build();
  }

  /**
   * Basic with options.
   *
   * @param passwords checks the passwords; its environment applies
   * @return a builder
   */
  public static Builder builder(Passwords passwords) {
    return new Builder(passwords);
  }

  @Override
  public AuthResult authenticate(AuthRequest request) {
    AuthResult unread = unread(request);
    if (unread != null) {
      return unread;
    }
    BasicCredentials credentials = credentials(request);
    if (credentials == null) {
      return malformed;
    }
    if (isCrossSite(request)) {
      return crossSite;
    }
    String username = credentials.username();
    return result(
        passwords.verifyRepeated(username, credentials.password(), request.client()), username);
  }

  @Override
  public Plan<AuthResult> plan(AuthRequest request) {
    AuthResult unread = unread(request);
    if (unread != null) {
      return Plan.done(unread);
    }
    BasicCredentials credentials = credentials(request);
    if (credentials == null) {
      return Plan.done(malformed);
    }
    if (isCrossSite(request)) {
      return Plan.done(crossSite);
    }
    String username = credentials.username();
    return passwords
        .planRepeated(username, credentials.password(), request.client())
        .then(verdict -> Plan.done(result(verdict, username)));
  }

  /** What needs no look at the credentials; null if they are to be read. */
  private @Nullable AuthResult unread(AuthRequest request) {
    Authorization authorization = request.authorization();
    if (authorization.isAmbiguous()) {
      return several;
    }
    if (!authorization.is("Basic")) {
      return authorization.length() == 0 ? NotAttempted.NO_CREDENTIALS : NotAttempted.OTHER_SCHEME;
    }
    if (!transport.permits(request)) {
      return insecure;
    }
    return authorization.length() > MAX_HEADER ? oversized : null;
  }

  private boolean isCrossSite(AuthRequest request) {
    return !request.isSafe() && origins.judge(request) == OriginPolicy.Origin.FOREIGN;
  }

  private static @Nullable BasicCredentials credentials(AuthRequest request) {
    return BasicCredentials.parse(request.authorization().credentials());
  }

  private AuthResult result(PasswordResult verdict, String username) {
    if (verdict instanceof PasswordResult.Verified verified) {
      User user = verified.user();
      return Authenticated.builder(user.principal(), NAME)
          .challenge(prompting.get(0))
          .authenticatedAt(verified.at())
          .epoch(user.epoch())
          .build();
    }
    PasswordResult.Refused refused = (PasswordResult.Refused) verdict;
    return refused.rejected(NAME).withChallenge(prompting.get(0)).withSubject(username);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> authSchemes() {
    return Set.of("Basic");
  }

  @Override
  public List<Challenge> challenges(AuthRequest request) {
    return prompt.isDue(request) ? prompting : unprompted;
  }

  @Override
  public String toString() {
    return "BasicAuthenticator[" + prompting.get(0) + "]";
  }

  /** Builds a {@link BasicAuthenticator}; not safe for several threads. */
  public static final class Builder {
    private final Passwords passwords;
    private String realm = "api";
    private Prompt prompt = Prompt.ALWAYS;

    private Builder(Passwords passwords) {
      this.passwords = Objects.requireNonNull(passwords, "passwords");
    }

    /**
     * Sets the realm, which browsers show and by which they tell passwords apart.
     *
     * @param realm printable ASCII; by default {@code api}
     * @return this
     */
    public Builder realm(String realm) {
      this.realm = Objects.requireNonNull(realm, "realm");
      return this;
    }

    /**
     * Sets when browsers ask for a password.
     *
     * @param prompt by default {@link Prompt#ALWAYS}
     * @return this
     */
    public Builder prompt(Prompt prompt) {
      this.prompt = Objects.requireNonNull(prompt, "prompt");
      return this;
    }

    /**
     * Builds the authenticator.
     *
     * @return the authenticator
     * @throws IllegalArgumentException if the realm is not printable ASCII
     */
    public BasicAuthenticator build() {
      return new BasicAuthenticator(this);
    }
  }
}
