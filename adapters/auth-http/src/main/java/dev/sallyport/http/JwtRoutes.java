package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Reason;
import dev.sallyport.Rejected;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.AuthResponse.Header;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.dpop.DpopProof;
import dev.sallyport.jwt.dpop.DpopRefusal;
import dev.sallyport.jwt.key.JwkSet;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.jwt.refresh.JwtLoginResult;
import dev.sallyport.jwt.refresh.PairCookies;
import dev.sallyport.jwt.refresh.RefreshFamilies;
import dev.sallyport.jwt.refresh.RefreshResult;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.password.PasswordResult;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Issues access and refresh tokens and ends their families; publishes our keys. The refresh token
 * is in the body or in a cookie, never in both.
 */
final class JwtRoutes {
  private static final List<Header> KEY_SET_HEADERS =
      List.of(
          new Header("Content-Type", "application/jwk-set+json"),
          new Header("Cache-Control", "public, max-age=300"));

  private final JwtAuthenticator authenticator;
  private final RefreshFamilies families;
  private final Guard guard;
  private final PasswordLogin logins;
  private final Caller caller;
  private final ClientProofs proofs;

  JwtRoutes(JwtAuthenticator authenticator, Guard guard, PasswordLogin logins) {
    this.authenticator = authenticator;
    this.families = authenticator.families().orElseThrow();
    this.guard = guard;
    this.logins = logins;
    this.caller = new Caller(guard);
    this.proofs = new ClientProofs(families, guard.chain().environment());
  }

  /** The member of a chain that accepts our own tokens. */
  static Optional<JwtAuthenticator> authenticator(AuthenticatorChain chain) {
    return chain.members().stream()
        .flatMap(member -> member.unwrap(JwtAuthenticator.class).stream())
        .filter(found -> found.families().isPresent())
        .findFirst();
  }

  void addTo(Routes routes, String path, String keySetPath) {
    families
        .cookies()
        .map(PairCookies::path)
        .filter(found -> !found.equals(path))
        .ifPresent(
            found -> {
              throw new IllegalArgumentException(
                  "The cookie of the refresh token is for "
                      + found
                      + ", and the endpoints that need it are below "
                      + path);
            });
    routes.add("POST", path, Endpoint.hashing(this::logIn));
    routes.add("POST", path + "/refresh", this::refresh);
    routes.add("POST", path + "/revoke", this::revoke);
    if (families.issuer().keys().arePublic()) {
      routes.add("GET", keySetPath, this::keySet);
    }
  }

  private AuthResponse logIn(AuthRequest request, InputStream body)
      throws IOException, RefusedRequestException {
    if (guard.checkBody(request, "login") instanceof Decision.Refuse refuse) {
      return refuse.response();
    }
    DpopProof key = proofs.find(request, "login");
    PasswordResult.Verified proof = logins.verify(request, JsonBody.read(request, body), List.of());
    JwtLoginResult login =
        key == null
            ? families.start(proof, request.client())
            : families.boundTo(key).start(proof, request.client());
    if (login instanceof JwtLoginResult.LoggedIn done) {
      caller.endFormer(request, authenticator);
      return answer(done.tokens());
    }
    if (login instanceof JwtLoginResult.ProofUsed) {
      return proofs.refuse(request, "login", DpopRefusal.REPLAYED);
    }
    if (login instanceof JwtLoginResult.TooMany) {
      throw PasswordLogin.tooManySessions();
    }
    throw new IllegalStateException("There is no response for " + login.getClass());
  }

  /** A pair of tokens as in RFC 6749 section 5.1: in the body, or in cookies. */
  private AuthResponse answer(TokenPair pair) {
    boolean inBody = pair.cookies().isEmpty();
    Map<String, Object> fields = new LinkedHashMap<>();
    if (inBody) {
      fields.put("access_token", pair.accessToken().reveal());
    }
    fields.put("token_type", pair.tokenType());
    fields.put("expires_in", pair.expiresIn().toSeconds());
    if (inBody) {
      fields.put("refresh_token", pair.refreshToken().reveal());
    }
    fields.put("refresh_expires_in", pair.refreshExpiresIn().toSeconds());
    return proofs.withNonce(CookieResponse.with(JsonResponse.of(200, fields), pair.cookies()));
  }

  private AuthResponse refresh(AuthRequest request, InputStream body)
      throws IOException, RefusedRequestException {
    if (check(request, "refresh") instanceof Decision.Refuse refuse) {
      return refuse.response();
    }
    RefreshResult result;
    DpopProof key = proofs.find(request, "refresh");
    if (key != null) {
      result = families.boundTo(key).refresh(tokenInBody(request, body));
    } else if (isByCookie()) {
      JsonBody.readOptional(request, body);
      result = families.refresh(request);
    } else {
      result = families.refresh(tokenInBody(request, body));
    }
    return result instanceof RefreshResult.Refreshed refreshed
        ? answer(refreshed.tokens())
        : refused(request, ((RefreshResult.Refused) result).reason());
  }

  private AuthResponse refused(AuthRequest request, Reason reason) {
    if (reason.equals(DpopRefusal.REPLAYED.reason())) {
      return proofs.refuse(
          request, "refresh", DpopRefusal.REPLAYED); // the token is as good as ever
    }
    Rejected rejected = Rejected.of("refresh", reason);
    guard.chain().environment().report(rejected, request.clientAddress());
    AuthResponse answer = guard.refuseLogin(request, rejected);
    // A login must not fail because a node does not know a key yet.
    return reason.name().equals(RefreshFamilies.UNKNOWN_KEY)
        ? answer
        : CookieResponse.with(answer, authenticator.expiredCookies());
  }

  /** The response is the same if there is no family to end (RFC 7009). */
  private AuthResponse revoke(AuthRequest request, InputStream body)
      throws IOException, RefusedRequestException {
    if (check(request, "revoke") instanceof Decision.Refuse refuse) {
      return refuse.response();
    }
    if (isByCookie()) {
      JsonBody.readOptional(request, body);
      families.cookies().orElseThrow().refreshTokens(request).forEach(families::revoke);
    } else {
      families.revoke(tokenInBody(request, body));
    }
    return CookieResponse.done(authenticator.expiredCookies());
  }

  private boolean isByCookie() {
    return families.cookies().isPresent();
  }

  private Decision check(AuthRequest request, String what) {
    return isByCookie() ? guard.checkCookie(request, what) : guard.checkBody(request, what);
  }

  private static String tokenInBody(AuthRequest request, InputStream body)
      throws IOException, RefusedRequestException {
    return JsonBody.read(request, body).text("refresh_token");
  }

  /** The keys that verify our access tokens (RFC 7517 section 5). */
  private AuthResponse keySet(AuthRequest request, InputStream body) {
    SigningKeySet keys = families.issuer().keys();
    return new AuthResponse(200, KEY_SET_HEADERS, JwkSet.publicJwkSet(keys.verificationKeys()));
  }
}
