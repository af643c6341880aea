package dev.sallyport.jwt;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keys with their ends, found by id. Immutable. */
final class KeyTable extends VerificationKeys {
  private final List<Entry> all;
  private final Map<String, List<Entry>> byId = new HashMap<>();

  /** A key, and from when on it is none any more; null for never. */
  record Entry(VerificationKey key, @Nullable Instant end) {
    Entry {
      Objects.requireNonNull(key, "key");
    }

    boolean isLive(Instant now) {
      return end == null || now.isBefore(end);
    }
  }

  /** A table of none withdraws all that another issuer has published. */
  KeyTable(List<Entry> entries) {
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

  /** By id alone, whatever it is for: the first that is alive. */
  @Nullable VerificationKey find(String id, Instant now) {
    return find(byId.getOrDefault(id, List.of()), null, now);
  }

  @Override
  @Nullable VerificationKey find(JwsHeader header, Instant now) {
    String id = header.keyId();
    List<Entry> named = id == null ? null : byId.get(id);
    if (named != null) {
      VerificationKey meant = find(named, header.algorithm(), now);
      return meant == null ? find(named, null, now) : meant; // to be refused for its algorithm
    }
    VerificationKey only = null;
    for (Entry entry : all) {
      boolean canBeMeant = id == null || entry.key.keyId().isEmpty();
      if (canBeMeant && entry.isLive(now) && entry.key.algorithm().isNamed(header.algorithm())) {
        if (only != null) {
          return null;
        }
        only = entry.key;
      }
    }
    return only;
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
  boolean holds(VerificationKey key, Instant now) {
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
