package dev.sallyport.jwt;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keys with their ends, found by id. Immutable. */
final class KeyTable extends VerificationKeys {
  private final List<Entry> all;
  private final Map<String, Entry> byId = new HashMap<>();

  /** A key, and from when on it is none any more; null for never. */
  record Entry(VerificationKey key, @Nullable Instant end) {
    Entry {
      Objects.requireNonNull(key, "key");
    }

    boolean isLive(Instant now) {
      return end == null || now.isBefore(end);
    }
  }

  KeyTable(List<Entry> entries) {
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("A verifier without a key would refuse everything");
    }
    all = List.copyOf(entries);
    boolean symmetric = entries.get(0).key.algorithm().isSymmetric();
    for (Entry entry : entries) {
      if (entry.key.algorithm().isSymmetric() != symmetric) {
        throw new IllegalArgumentException("Secrets and public keys don't go into one verifier");
      }
      String id = entry.key.keyId().orElse(null);
      if (id != null && byId.put(id, entry) != null) {
        throw new IllegalArgumentException("Two keys have the id '" + id + "'");
      }
    }
  }

  List<Entry> entries() {
    return all;
  }

  /** By id alone, whatever it is for. */
  @Nullable VerificationKey find(String id, Instant now) {
    Entry named = byId.get(id);
    return named != null && named.isLive(now) ? named.key : null;
  }

  @Override
  @Nullable VerificationKey find(JwsHeader header, Instant now) {
    String id = header.keyId();
    Entry named = id == null ? null : byId.get(id);
    if (named != null) {
      return named.isLive(now) ? named.key : null;
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

  @Override
  boolean holds(VerificationKey key, Instant now) {
    String id = key.keyId().orElse(null);
    if (id != null) {
      Entry named = byId.get(id);
      return named != null && named.key == key && named.isLive(now);
    }
    for (Entry entry : all) {
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
