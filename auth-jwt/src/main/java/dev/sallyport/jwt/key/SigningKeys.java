package dev.sallyport.jwt.key;

import dev.sallyport.AuthEnvironment;
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
