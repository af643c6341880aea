package dev.sallyport.jwt.key;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.jwt.json.NumericDate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The keys of a {@link SigningKeySet} at one time: the signing key and the others. Immutable. */
record SigningKeys(SigningKey current, List<Member> others, KeyTable table) {
  /** One key; a secret is kept as a signing key, because it can't be written out otherwise. */
  record Member(VerificationKey key, @Nullable SigningKey secret, @Nullable Instant end) {
    static Member of(SigningKey key, @Nullable Instant end) {
      return new Member(key.verificationKey(), key.algorithm().isSymmetric() ? key : null, end);
    }

    boolean isLive(Instant now) {
      return end == null || now.isBefore(end);
    }

    /** The same, with the key objects of another member if that has the same key. */
    Member keeping(Stream<Member> former) {
      return former
          .filter(
              other ->
                  key.isSame(other.key)
                      || (secret != null && other.secret != null && secret.isSame(other.secret)))
          .findFirst()
          .map(other -> new Member(other.key, other.secret, end))
          .orElse(this);
    }

    Map<String, Object> jwk() {
      Map<String, Object> jwk =
          secret == null ? JwkWriter.publicJwk(key) : JwkWriter.privateJwk(secret);
      if (end != null) {
        jwk.put("exp", end.getEpochSecond());
      }
      return jwk;
    }
  }

  /** Reads a set as it is kept: the signing key first, the others with the times of their end. */
  static SigningKeys read(AuthEnvironment environment, List<JwkFields> all) {
    if (all.isEmpty()) {
      throw new IllegalArgumentException("The set has no signing key");
    }
    if (all.get(0).end() != NumericDate.NONE) {
      throw new IllegalArgumentException(
          "The first key is the signing key and can't have an 'exp'");
    }
    SigningKey current = KeyNames.named(JwkReader.signingKey(all.get(0)));
    List<Member> others = new ArrayList<>();
    for (JwkFields fields : all.subList(1, all.size())) {
      Instant end = fields.end() == NumericDate.NONE ? null : Instant.ofEpochSecond(fields.end());
      others.add(
          current.algorithm().isSymmetric()
              ? Member.of(KeyNames.named(JwkReader.signingKey(fields)), end)
              : new Member(KeyNames.named(JwkReader.verificationKey(fields, null)), null, end));
    }
    return of(environment, current, others);
  }

  static SigningKeys of(AuthEnvironment environment, SigningKey current, List<Member> others) {
    if (others.size() >= JwkSet.MAX_KEYS) {
      throw new IllegalArgumentException("A key set can have at most " + JwkSet.MAX_KEYS + " keys");
    }
    if (ids(current, others).distinct().count() <= others.size()) {
      throw new IllegalArgumentException("Two keys of the set have the same id");
    }
    return new SigningKeys(
        current,
        List.copyOf(others),
        new KeyTable(
            environment,
            Stream.concat(Stream.of(Member.of(current, null)), others.stream())
                .map(member -> new KeyTable.Entry(member.key, member.end))
                .toList()));
  }

  /** These keys, with the objects of former ones where they are the same. */
  SigningKeys keeping(SigningKeys former) {
    if (current.algorithm().isSymmetric() != former.current.algorithm().isSymmetric()) {
      throw new IllegalArgumentException(
          "The keys were changed from secrets to public keys or back, which needs a restart");
    }
    SigningKey signer = current.isSame(former.current) ? former.current : current;
    return of(
        table.environment(),
        signer,
        others.stream().map(member -> member.keeping(former.members())).toList());
  }

  private Stream<Member> members() {
    return Stream.concat(Stream.of(Member.of(current, null)), others.stream());
  }

  Map<String, Object> privateSet() {
    List<Map<String, Object>> jwks = new ArrayList<>(List.of(JwkWriter.privateJwk(current)));
    others.forEach(member -> jwks.add(member.jwk()));
    return Map.of("keys", jwks);
  }

  Optional<SigningKey> secret(String keyId, Instant now) {
    return members()
        .filter(member -> member.isLive(now) && member.key.keyId().equals(Optional.of(keyId)))
        .findFirst()
        .map(Member::secret);
  }

  /** The secrets among them. */
  Stream<SigningKey> secrets() {
    return Stream.concat(
            Stream.of(current), others.stream().flatMap(m -> Stream.ofNullable(m.secret)))
        .filter(key -> key.algorithm().isSymmetric());
  }

  /** A mutable copy of the other members that are live, except one. */
  List<Member> othersWithout(String keyId, Instant now) {
    return new ArrayList<>(
        others.stream()
            .filter(member -> member.isLive(now) && !member.key.keyId().orElseThrow().equals(keyId))
            .toList());
  }

  private static Stream<Optional<String>> ids(SigningKey current, List<Member> others) {
    return Stream.concat(
        Stream.of(current.keyId()), others.stream().map(member -> member.key.keyId()));
  }
}
