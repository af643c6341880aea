package dev.sallyport.store;

import dev.sallyport.StoreUnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Records by key, and the keys of each user. Readers take no lock. Whatever adds or removes a
 * record does so inside the user's entry of the index, which is what makes limits exact.
 */
final class InMemoryTokens implements TokenStore {
  static final int MAX_RECORDS = 1_000_000;

  /** How many records each insertion looks at for expired ones; more when there is no room. */
  private static final int SWEEP = 8;

  private static final int SWEEP_WHEN_FULL = 1024;

  /** How many make room at once, so that those who insert meanwhile find some, too. */
  private static final int DISPLACED = 8;

  private static final SecretDigest[] NO_KEYS = {};

  private final Map<SecretDigest, TokenRecord> records = new ConcurrentHashMap<>();
  private final Map<String, SecretDigest[]> index = new ConcurrentHashMap<>();
  private final int maxRecords;

  /** One sweeper at a time; the others need not wait for it. */
  private final ReentrantLock sweeping = new ReentrantLock();

  private Iterator<TokenRecord> sweep = records.values().iterator();

  InMemoryTokens(int maxRecords) {
    if (maxRecords < 1) {
      throw new IllegalArgumentException("maxRecords must be at least 1, not " + maxRecords);
    }
    this.maxRecords = maxRecords;
  }

  @Override
  public Optional<TokenRecord> find(TokenKind kind, SecretDigest key, Instant now) {
    return Optional.ofNullable(live(kind, key, now));
  }

  @Override
  public Optional<Owned> find(
      TokenKind kind, SecretDigest key, Instant now, CredentialStore users) {
    TokenRecord found = live(kind, key, now);
    return found == null
        ? Optional.empty()
        : Optional.of(new Owned(found, users.findById(found.userId()).orElse(null)));
  }

  private @Nullable TokenRecord live(TokenKind kind, SecretDigest key, Instant now) {
    TokenRecord found = records.get(key);
    return found != null && found.kind() == kind && found.isLive(now) ? found : null;
  }

  @Override
  public Insertion insert(TokenRecord record, TokenLimit limit, Instant now) {
    boolean hasRoom = makeRoom(record.userId(), now);
    Insertion inserted = tryInsert(record, limit, now);
    while (inserted == null && hasRoom) { // others have taken the room meanwhile
      hasRoom = makeRoom(record.userId(), now);
      inserted = tryInsert(record, limit, now);
    }
    if (inserted == null) {
      throw new StoreUnavailableException(
          "The token store in memory is full: " + maxRecords + " records");
    }
    return inserted;
  }

  /** Null if the store is full. */
  private @Nullable Insertion tryInsert(TokenRecord record, TokenLimit limit, Instant now) {
    List<String> removed = new ArrayList<>();
    AtomicReference<@Nullable Insertion> outcome = new AtomicReference<>();
    index.compute(
        record.userId(),
        (user, keys) -> {
          List<TokenRecord> tooMany = tooMany(keys, record.kind(), limit, now);
          if (!tooMany.isEmpty() && isRefused(record, limit, tooMany)) {
            outcome.set(new Insertion.Full());
            return keys;
          }
          if (records.size() - tooMany.size() >= maxRecords) {
            return keys;
          }
          if (records.putIfAbsent(record.key(), record) != null) {
            throw new IllegalArgumentException("There is already a record with that key");
          }
          for (TokenRecord oldest : tooMany) {
            records.remove(oldest.key());
            removed.add(oldest.id());
          }
          outcome.set(new Insertion.Done(removed));
          return with(tooMany.isEmpty() ? keys : stored(keys), record.key());
        });
    return outcome.get();
  }

  /** What a raised epoch has ended already takes nobody's place. */
  private static boolean isRefused(
      TokenRecord record, TokenLimit limit, List<TokenRecord> tooMany) {
    return limit.whenFull() == TokenLimit.WhenFull.REFUSE_NEW
        || tooMany.stream().anyMatch(other -> other.epoch() > record.epoch());
  }

  /** Those that stand in the way of one more, oldest first. */
  private List<TokenRecord> tooMany(
      SecretDigest @Nullable [] keys, TokenKind kind, TokenLimit limit, Instant now) {
    if (keys == null || keys.length < limit.max()) {
      return List.of();
    }
    List<TokenRecord> same = live(keys, Set.of(kind), now);
    same.removeIf(record -> record.epoch() < limit.countedFrom());
    return same.subList(0, Math.max(0, same.size() - limit.max() + 1));
  }

  @Override
  public boolean replace(TokenRecord expected, TokenRecord next, Instant now) {
    if (!expected.hasSameIdentity(next)) {
      throw new IllegalArgumentException("A record's key, id, kind and user can't change");
    }
    boolean[] replaced = new boolean[1];
    records.computeIfPresent(
        expected.key(),
        (key, current) -> {
          replaced[0] =
              current.hasSameIdentity(expected)
                  && current.version() == expected.version()
                  && current.isLive(now);
          return replaced[0] ? current.replacedBy(next) : current;
        });
    return replaced[0];
  }

  @Override
  public boolean touch(
      TokenKind kind, SecretDigest key, Instant seen, @Nullable Instant idleExpiresAt) {
    boolean[] touched = new boolean[1];
    records.computeIfPresent(
        key,
        (same, current) -> {
          touched[0] = current.kind() == kind && current.isLive(seen);
          return touched[0] ? current.touched(seen, idleExpiresAt) : current;
        });
    return touched[0];
  }

  @Override
  public boolean remove(TokenKind kind, SecretDigest key) {
    TokenRecord found = records.get(key);
    return found != null
        && found.kind() == kind
        && removeIf(found.userId(), 1, record -> record.key().equals(key)) == 1;
  }

  @Override
  public List<TokenRecord> list(String userId, Set<TokenKind> kinds, Instant now) {
    List<TokenRecord> listed = new ArrayList<>(live(index.get(userId), kinds, now));
    listed.removeIf(record -> record.kind() == TokenKind.RESET);
    return List.copyOf(listed.subList(Math.max(0, listed.size() - MAX_LISTED), listed.size()));
  }

  @Override
  public boolean remove(String userId, Set<TokenKind> kinds, String id) {
    return removeIf(userId, 1, record -> kinds.contains(record.kind()) && record.id().equals(id))
        == 1;
  }

  @Override
  public int removeAll(String userId, Selection which) {
    return removeIf(userId, Integer.MAX_VALUE, which::includes);
  }

  @Override
  public int prune(Instant before, int max) {
    int pruned = 0;
    Iterator<TokenRecord> all = records.values().iterator();
    while (all.hasNext() && pruned < max) {
      pruned += removeExpired(all.next(), before, max - pruned);
    }
    return pruned;
  }

  /** Whether there was room in the end. */
  private boolean makeRoom(String newcomer, Instant now) {
    if (records.size() >= maxRecords) {
      sweeping.lock(); // whoever holds it may be making the room that is needed
    } else if (!sweeping.tryLock()) {
      return true;
    }
    try {
      sweep(now, records.size() >= maxRecords ? SWEEP_WHEN_FULL : SWEEP);
      if (records.size() >= maxRecords) {
        displace(newcomer, now);
      }
      return records.size() < maxRecords;
    } finally {
      sweeping.unlock();
    }
  }

  private void sweep(Instant now, int howMany) {
    for (int i = 0; i < howMany; i++) {
      TokenRecord record = nextToSweep();
      if (record == null) {
        return;
      }
      removeExpired(record, now, Integer.MAX_VALUE);
    }
  }

  /** Goes on where it last stopped, so that each record is looked at now and then. */
  private @Nullable TokenRecord nextToSweep() {
    if (!sweep.hasNext()) {
      sweep = records.values().iterator();
    }
    return sweep.hasNext() ? sweep.next() : null;
  }

  /**
   * Takes room from whoever holds the most, so that a few users can't keep all others out. Those
   * who hold many are likely to be met among any records.
   */
  private void displace(String newcomer, Instant now) {
    String heaviest = newcomer;
    for (int i = 0; i < SWEEP_WHEN_FULL; i++) {
      TokenRecord record = nextToSweep();
      if (record == null) {
        break;
      }
      if (held(record.userId()) > held(heaviest)) {
        heaviest = record.userId();
      }
    }
    int excess = held(heaviest) - held(newcomer) - 1; // the newcomer is about to hold one more
    for (TokenRecord oldest : oldest(heaviest, Math.min(excess, DISPLACED), now)) {
      remove(oldest.kind(), oldest.key());
    }
  }

  private int held(String userId) {
    SecretDigest[] keys = index.get(userId);
    return keys == null ? 0 : keys.length;
  }

  private List<TokenRecord> oldest(String userId, int howMany, Instant now) {
    List<TokenRecord> all = live(index.get(userId), TokenKind.all(), now);
    return all.subList(0, Math.max(0, Math.min(howMany, all.size())));
  }

  /** If this record has expired, removes it and the others of its user that have. */
  private int removeExpired(TokenRecord record, Instant now, int max) {
    return record.isLive(now) ? 0 : removeIf(record.userId(), max, r -> !r.isLive(now));
  }

  private int removeIf(String userId, int max, Predicate<TokenRecord> which) {
    int[] removed = new int[1];
    index.computeIfPresent(
        userId,
        (user, keys) -> {
          for (int i = 0; i < keys.length && removed[0] < max; i++) {
            TokenRecord record = records.get(keys[i]);
            if (record != null && which.test(record) && removeIf(keys[i], which)) {
              removed[0]++;
            }
          }
          SecretDigest[] rest = removed[0] == 0 ? keys : stored(keys);
          return rest.length == 0 ? null : rest;
        });
    return removed[0];
  }

  /** Judges again what stands there: it may have been used or replaced meanwhile. */
  private boolean removeIf(SecretDigest key, Predicate<TokenRecord> which) {
    return records.computeIfPresent(key, (same, current) -> which.test(current) ? null : current)
        == null;
  }

  private List<TokenRecord> live(
      SecretDigest @Nullable [] keys, Set<TokenKind> kinds, Instant now) {
    List<TokenRecord> found = new ArrayList<>();
    for (SecretDigest key : keys == null ? NO_KEYS : keys) {
      TokenRecord record = records.get(key);
      if (record != null && kinds.contains(record.kind()) && record.isLive(now)) {
        found.add(record);
      }
    }
    found.sort(Comparator.comparing(TokenRecord::createdAt));
    return found;
  }

  /** The keys whose records are still there. */
  private SecretDigest[] stored(SecretDigest @Nullable [] keys) {
    List<SecretDigest> stored = new ArrayList<>();
    for (SecretDigest key : keys == null ? NO_KEYS : keys) {
      if (records.containsKey(key)) {
        stored.add(key);
      }
    }
    return stored.toArray(NO_KEYS);
  }

  private static SecretDigest[] with(SecretDigest @Nullable [] keys, SecretDigest key) {
    if (keys == null) {
      return new SecretDigest[] {key};
    }
    SecretDigest[] more = new SecretDigest[keys.length + 1];
    System.arraycopy(keys, 0, more, 0, keys.length);
    more[keys.length] = key;
    return more;
  }

  @Override
  public String toString() {
    return "InMemoryTokens[" + records.size() + " records]";
  }
}
