package dev.sallyport.benchmarks.hosts.own;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticator;
import dev.sallyport.SetCookie;
import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.benchmarks.hosts.IssuedJwt;
import dev.sallyport.benchmarks.hosts.Launch;
import dev.sallyport.benchmarks.hosts.People;
import dev.sallyport.benchmarks.hosts.Scheme;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.TrustedIssuer;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.VerificationKey;
import dev.sallyport.jwt.key.VerificationKeys;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.password.BcryptHasher;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.session.SessionResult;
import dev.sallyport.session.Sessions;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenAuthenticator;
import dev.sallyport.token.Tokens;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import dev.sallyport.guard.Guard;

/**
 * The {@link People} as users of this library, and a guard that knows one scheme. With the word
 * {@code forgetful} it remembers neither passwords nor JWTs that it has seen.
 */
public final class OwnPeople {
  private final Launch launch;
  private final boolean remembers;
  private final AccountStore users = CredentialStore.inMemory();
  private final Sallyport auth;

  /** Nobody has logged in yet. */
  public OwnPeople(Launch launch) {
    this.launch = launch;
    remembers = !launch.options().contains("forgetful");
    auth =
        Sallyport.of(users, TokenStore.inMemory())
            .withPasswords(
                passwords -> {
                  passwords.hasher(BcryptHasher.ofCost(People.COST));
                  return remembers ? passwords : passwords.rememberNone();
                });
  }

  /** How they are known. */
  public Sallyport auth() {
    return auth;
  }

  /** Lets each of them in, and nobody else. */
  public Guard guard() {
    return auth.guard(authenticator());
  }

  private Authenticator authenticator() {
    return switch (launch.scheme()) {
      case SESSION -> SessionAuthenticator.of(auth);
      case TOKEN -> TokenAuthenticator.of(auth);
      case JWT_HS256, JWT_RS256 -> JwtAuthenticator.of(TrustedIssuer.of(verifier()));
      case BASIC -> BasicAuthenticator.of(auth);
    };
  }

  private JwtVerifier verifier() {
    JwtVerifier.Builder verifier =
        JwtVerifier.builder(VerificationKeys.of(key(launch.jwt().key())))
            .issuer(IssuedJwt.ISSUER)
            .audience(IssuedJwt.AUDIENCE)
            .type(IssuedJwt.TYPE);
    return (remembers ? verifier : verifier.rememberNone()).build();
  }

  private VerificationKey key(byte[] key) {
    if (launch.scheme() == Scheme.JWT_HS256) {
      return VerificationKey.ofSecret(JwsAlgorithm.HS256, key);
    }
    try {
      return VerificationKey.of(
          JwsAlgorithm.RS256,
          KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(key)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Logs all in, and tells the header field of {@link People#NAME}. */
  public String logIn() {
    return People.logIn(
        name -> {
          User user = User.builder("id of " + name, name).passwordHash(People.HASH).build();
          users.insert(user);
          return logIn(user);
        });
  }

  private String logIn(User user) {
    return switch (launch.scheme()) {
      case SESSION -> {
        SetCookie cookie = session(user);
        yield People.cookie(cookie.name(), cookie.value());
      }
      case TOKEN ->
          People.bearer(
              Tokens.of(auth).issue(user, NewToken.standard()).orElseThrow().token().reveal());
      case JWT_HS256, JWT_RS256 -> People.bearer(launch.jwt().text());
      case BASIC -> People.basic();
    };
  }

  private SetCookie session(User user) {
    AuthRequest login =
        AuthRequest.builder("POST", "/auth/login", null, InetAddress.getLoopbackAddress(), true)
            .header("User-Agent", People.BROWSER)
            .build();
    SessionResult started = Sessions.of(auth).start(user, Instant.now(), login, false);
    return ((SessionResult.Started) started).cookie();
  }
}
