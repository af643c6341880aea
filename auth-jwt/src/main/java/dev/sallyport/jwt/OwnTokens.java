package dev.sallyport.jwt;

import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.credential.TokenIntrospection;
import dev.sallyport.jwt.refresh.RefreshFamilies;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import dev.sallyport.store.TokenRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The tokens of our own families: whom they identify, what they are worth, how they end. */
record OwnTokens(RefreshFamilies families, JwtVerifier verifier, Presentation presentation)
    implements Identity, TokenIntrospection {
  /** Claims that an introspection shows as they are. */
  private static final List<String> CLAIMS = List.of("scope", "client_id", "username", "cnf");

  /**
   * The tokens of families.
   *
   * @param verifying completes the builder of their verifier
   * @throws IllegalArgumentException if it lets anybody else's tokens pass as ours
   */
  static OwnTokens of(
      RefreshFamilies families,
      Function<? super JwtVerifier.Builder, JwtVerifier> verifying,
      Presentation presentation) {
    JwtVerifier verifier = verifying.apply(families.issuer().verifier(families.environment()));
    if (!verifier.asksLike(families.issuer().verifier().build())) {
      throw new IllegalArgumentException(
          "Our own tokens must keep our own keys, issuer, audience and type: anybody else's would"
              + " be accepted as a user of this host");
    }
    return new OwnTokens(families, verifier, presentation);
  }

  @Override
  public AuthResult of(VerifiedJwt jwt) {
    return families
        .issuer()
        .identify(jwt, SCHEME)
        .<AuthResult>map(who -> who.challenge(presentation.of(jwt)).build())
        .orElseGet(() -> Identity.badClaims().withChallenge(presentation.of(jwt)));
  }

  /** Whether it is one of ours, and its login has ended. The store is asked. */
  boolean hasEnded(AuthResult who) {
    return isOwn(who) && who instanceof Authenticated known && families.find(known).isEmpty();
  }

  static boolean isOwn(AuthResult who) {
    return who instanceof Authenticated known && known.epoch().isPresent();
  }

  private Optional<TokenRecord> family(VerifiedJwt jwt) {
    return of(jwt) instanceof Authenticated known ? families.find(known) : Optional.empty();
  }

  /**
   * A token of ours, even if it has expired. Another issuer's is not ours to end, so its keys are
   * not consulted.
   */
  Optional<VerifiedJwt> evenExpired(String token) {
    return verifier.verifyEvenExpired(token) instanceof VerifiedJwt jwt
        ? Optional.of(jwt)
        : Optional.empty();
  }

  /** What ends the family that an access token names. */
  Optional<Runnable> end(VerifiedJwt jwt) {
    return family(jwt).map(family -> () -> families.end(family));
  }

  /**
   * Knows access and refresh tokens. The store is always asked: whoever asks us, and does not only
   * check the signature, wants to know of a logout at once.
   */
  @Override
  public Optional<Map<String, Object>> introspect(String token) {
    if (!Presentation.hasThreeSegments(token)) {
      return families.introspect(token);
    }
    return verifier.verify(token) instanceof VerifiedJwt jwt && isLive(jwt)
        ? Optional.of(members(jwt))
        : Optional.empty();
  }

  /** Without the leeway: the token was issued by this very clock. */
  private boolean isLive(VerifiedJwt jwt) {
    return families.environment().now().isBefore(jwt.expiresAt()) && family(jwt).isPresent();
  }

  private static Map<String, Object> members(VerifiedJwt jwt) {
    Map<String, Object> members = new LinkedHashMap<>();
    CLAIMS.forEach(name -> jwt.claim(name).ifPresent(value -> members.put(name, value)));
    // A token that is bound to a key must not pass as one that anybody may bear (RFC 9449).
    members.put("token_type", members.containsKey("cnf") ? "DPoP" : BEARER);
    members.put("exp", jwt.expiresAt().getEpochSecond());
    jwt.issuedAt().ifPresent(at -> members.put("iat", at.getEpochSecond()));
    members.put("sub", jwt.subject());
    members.put("aud", jwt.audience());
    jwt.issuer().ifPresent(issuer -> members.put("iss", issuer));
    jwt.id().ifPresent(id -> members.put("jti", id));
    return members;
  }

  @Override
  public String toString() {
    return "OwnTokens[" + families + "]";
  }
}
