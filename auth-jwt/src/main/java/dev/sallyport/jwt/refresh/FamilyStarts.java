package dev.sallyport.jwt.refresh;

import dev.sallyport.Client;
import dev.sallyport.Scopes;
import dev.sallyport.credential.IssuedCredentials;
import dev.sallyport.jwt.dpop.DpopProof;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.store.Lifetime;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.User;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Starts families. */
record FamilyStarts(
    IssuedCredentials families,
    SigningKeySet keys,
    TokenPairs pairs,
    Lifetime lifetime,
    BoundKey binding) {

  /**
   * Starts one.
   *
   * @param proof of the key that its tokens are bound to; null for none
   */
  JwtLoginResult start(
      User user,
      Instant provedAt,
      Client client,
      @Nullable Set<String> scopes,
      @Nullable DpopProof proof) {
    if (!user.isActive()) {
      throw new IllegalArgumentException("A deactivated user can't log in");
    }
    if (scopes != null && !scopes.stream().allMatch(Scopes::isScopeToken)) {
      throw new IllegalArgumentException("A scope is printable ASCII without space, quote and \\");
    }
    Instant now = families.now();
    String id = families.newPublicId();
    byte[] secret = families.randomBytes(RefreshToken.SECRET_BYTES);
    SigningKey maker = keys.current();
    TokenRecord family =
        TokenRecord.builder(TokenKind.FAMILY, SecretDigest.of(id), id, user.id(), now)
            .epoch(user.epoch())
            .authenticatedAt(provedAt)
            .idleExpiresAt(lifetime.idleEnd(now).orElseThrow())
            .expiresAt(lifetime.end(now).orElseThrow())
            .client(client.userAgent())
            .scopes(scopes)
            .attributes(BoundKey.attributes(proof))
            .rotation(
                new TokenRecord.Rotation(
                    0, SecretDigest.of(secret), maker.keyId().orElseThrow(), now))
            .build();
    // Made before the record is added: if no token can be made, nothing is left behind.
    TokenPair pair = pairs.pair(user, family, RefreshToken.make(id, 0, secret, maker), now);
    if (!binding.accepts(proof)) {
      return new JwtLoginResult.ProofUsed();
    }
    return families.add(family) ? new JwtLoginResult.LoggedIn(pair) : new JwtLoginResult.TooMany();
  }

  @Override
  public String toString() {
    return "FamilyStarts[hidden]";
  }
}
