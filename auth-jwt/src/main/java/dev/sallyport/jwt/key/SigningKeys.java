package dev.sallyport.jwt.key;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.jwt.json.NumericDate;
import dev.sallyport.jwt.key.KeyTable.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The keys of a {@link SigningKeySet} at one time. Immutable.
 *
 * @param current the signing key
 * @param table that key first, then the others
 */
record SigningKeys(SigningKey current, KeyTable table) {
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
    List<Entry> others = new ArrayList<>();
    for (JwkFields fields : all.subList(1, all.size())) {
      Instant end = fields.end() == NumericDate.NONE ? null : Instant.ofEpochSecond(fields.end());
      others.add(
          current.algorithm().isSymmetric()
              ? Entry.of(KeyNames.named(JwkReader.signingKey(fields)), end)
              : new Entry(KeyNames.named(JwkReader.verificationKey(fields, null)), null, end));
    }
    return of(environment, current, others);
  }

  static SigningKeys of(AuthEnvironment environment, SigningKey current, List<Entry> others) {
    if (others.size() >= JwkSet.MAX_KEYS) {
      throw new IllegalArgumentException("A key set can have at most " + JwkSet.MAX_KEYS + " keys");
    }
    List<Entry> all = new ArrayList<>(others);
    all.add(0, Entry.of(current, null));
    if (all.stream().map(entry -> entry.key().keyId()).distinct().count() < all.size()) {
      throw new IllegalArgumentException("Two keys of the set have the same id");
    }
    return new SigningKeys(current, new KeyTable(environment, all));
  }

  /** These keys, with the objects of former ones where they are the same. */
  SigningKeys keeping(SigningKeys former) {
    if (current.algorithm().isSymmetric() != former.current.algorithm().isSymmetric()) {
      throw new IllegalArgumentException(
          "The keys were changed from secrets to public keys or back, which needs a restart");
    }
    return of(
        table.environment(),
        current.isSame(former.current) ? former.current : current,
        others().map(entry -> entry.keeping(former.table.entries())).toList());
  }

  private Stream<Entry> others() {
    return table.entries().stream().skip(1);
  }

  Map<String, Object> privateSet() {
    Stream<Map<String, Object>> signing = Stream.of(JwkWriter.privateJwk(current));
    return Map.of("keys", Stream.concat(signing, others().map(Entry::jwk)).toList());
  }

  Optional<SigningKey> secret(String keyId, Instant now) {
    return table.entries().stream()
        .filter(entry -> entry.isLive(now) && entry.key().keyId().equals(Optional.of(keyId)))
        .findFirst()
        .map(Entry::secret);
  }

  /** The secrets among them. */
  Stream<SigningKey> secrets() {
    return table.entries().stream().flatMap(entry -> Stream.ofNullable(entry.secret()));
  }

  /** A mutable copy of the other keys that are live, except one. */
  List<Entry> othersWithout(String keyId, Instant now) {
    return new ArrayList<>(
        others()
            .filter(entry -> entry.isLive(now) && !entry.key().keyId().equals(Optional.of(keyId)))
            .toList());
  }
}
