package dev.sallyport.jwt.key;

import dev.sallyport.AuthEnvironment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keys with their expiry times, found by id. Immutable. */
final class KeyTable extends VerificationKeys {
  private final List<Entry> all;
  private final Map<String, List<Entry>> byId = new HashMap<>();

  /**
   * One key.
   *
   * @param secret the same key, if it is a secret of our own, which only so can be written out
   * @param end when it ceases to be valid; null for never
   */
  record Entry(VerificationKey key, @Nullable SigningKey secret, @Nullable Instant end) {
    Entry {
      Objects.requireNonNull(key, "key");
    }

    static Entry of(SigningKey key, @Nullable Instant end) {
      return new Entry(key.verificationKey(), key.algorithm().isSymmetric() ? key : null, end);
    }

    boolean isLive(Instant now) {
      return end == null || now.isBefore(end);
    }

    /** The same, with the key objects of a former entry if that has the same key. */
    Entry keeping(List<Entry> former) {
      return former.stream()
          .filter(
              other ->
                  key.isSame(other.key)
                      || (secret != null && other.secret != null && secret.isSame(other.secret)))
          .findFirst()
          .map(other -> new Entry(other.key, other.secret, end))
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

  /** An empty table is allowed: it withdraws everything that another issuer has published. */
  KeyTable(AuthEnvironment environment, List<Entry> entries) {
    super(environment);
    all = List.copyOf(entries);
    for (Entry entry : all) {
      if (entry.key.algorithm().isSymmetric() != all.get(0).key.algorithm().isSymmetric()) {
        throw new IllegalArgumentException("A verifier can't mix shared secrets with public keys");
      }
      entry.key.keyId().ifPresent(id -> add(id, entry));
    }
  }

  private void add(String id, Entry entry) {
    List<Entry> named = byId.computeIfAbsent(id, none -> new ArrayList<>(1));
    if (named.stream().anyMatch(other -> other.key.isMeantLike(entry.key))) {
      throw new IllegalArgumentException("Two keys have the id '" + id + "' and one algorithm");
    }
    named.add(entry);
  }

  List<Entry> entries() {
    return all;
  }

  List<VerificationKey> live(Instant now) {
    return all.stream().filter(entry -> entry.isLive(now)).map(Entry::key).toList();
  }

  /** Finds a key by id alone, whatever its algorithm: the first live one. */
  @Nullable VerificationKey find(String id, Instant now) {
    return find(byId.getOrDefault(id, List.of()), null, now);
  }

  @Override
  public Optional<VerificationKey> find(String algorithm, @Nullable String id, Instant now) {
    List<Entry> named = id == null ? null : byId.get(id);
    if (named != null) {
      VerificationKey meant = find(named, algorithm, now);
      // One of another algorithm is refused for that later.
      return Optional.ofNullable(meant == null ? find(named, null, now) : meant);
    }
    VerificationKey only = null;
    for (Entry entry : all) {
      boolean canBeMeant = id == null || entry.key.keyId().isEmpty();
      if (canBeMeant && entry.isLive(now) && entry.key.algorithm().isNamed(algorithm)) {
        if (only != null) {
          return Optional.empty();
        }
        only = entry.key;
      }
    }
    return Optional.ofNullable(only);
  }

  private static @Nullable VerificationKey find(
      List<Entry> entries, @Nullable String algorithm, Instant now) {
    for (Entry entry : entries) {
      if (entry.isLive(now) && (algorithm == null || entry.key.algorithm().isNamed(algorithm))) {
        return entry.key;
      }
    }
    return null;
  }

  @Override
  public boolean holds(VerificationKey key, Instant now) {
    for (Entry entry : key.keyId().map(id -> byId.getOrDefault(id, List.of())).orElse(all)) {
      if (entry.key == key) {
        return entry.isLive(now);
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return all.stream().map(Entry::key).toList().toString();
  }
}
