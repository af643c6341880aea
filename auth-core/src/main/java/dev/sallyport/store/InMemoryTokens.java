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
import java.util.function.UnaryOperator;
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
  public boolean mayBlock() {
    return false;
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
          Optional<List<TokenRecord>> leaving = leaving(record, keys, limit, now);
          if (leaving.isEmpty()) {
            outcome.set(new Insertion.Full());
            return keys;
          }
          List<TokenRecord> tooMany = leaving.get();
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

  /** Looks at the records only where they could be too many. */
  private Optional<List<TokenRecord>> leaving(
      TokenRecord next, SecretDigest @Nullable [] keys, TokenLimit limit, Instant now) {
    boolean fits = keys == null || keys.length < limit.max();
    return limit.leaving(next, fits ? List.of() : live(keys, TokenKind.all(), now), now);
  }

  @Override
  public boolean replace(TokenRecord expected, TokenRecord next, Instant now) {
    TokenRecord checked = expected.replacedBy(next); // also where there is nothing to replace
    return change(
        expected,
        current -> current.isLive(now) && current.version() == expected.version(),
        current -> current.replacedBy(checked));
  }

  @Override
  public boolean touch(TokenRecord found, Instant seen, @Nullable Instant idleExpiresAt) {
    return change(
        found, current -> current.isLive(seen), current -> current.touched(seen, idleExpiresAt));
  }

  private boolean change(
      TokenRecord found, Predicate<TokenRecord> which, UnaryOperator<TokenRecord> change) {
    boolean[] changed = new boolean[1];
    records.computeIfPresent(
        found.key(),
        (key, current) -> {
          changed[0] = current.hasSameIdentity(found) && which.test(current);
          return changed[0] ? change.apply(current) : current;
        });
    return changed[0];
  }

  @Override
  public boolean remove(TokenRecord found, Instant now) {
    return removeIf(
            found.userId(), 1, record -> record.hasSameIdentity(found) && record.isLive(now))
        == 1;
  }

  @Override
  public List<TokenRecord> list(String userId, Set<TokenKind> kinds, Instant now) {
    List<TokenRecord> listed = new ArrayList<>(live(index.get(userId), kinds, now));
    listed.removeIf(record -> record.kind() == TokenKind.RESET);
    return List.copyOf(listed.subList(Math.max(0, listed.size() - MAX_LISTED), listed.size()));
  }

  @Override
  public boolean remove(String userId, Set<TokenKind> kinds, String id, Instant now) {
    return removeIf(
            userId,
            1,
            record -> kinds.contains(record.kind()) && record.id().equals(id) && record.isLive(now))
        == 1;
  }

  @Override
  public int removeAll(String userId, Selection which, Instant now) {
    return removeIf(
        userId, Integer.MAX_VALUE, record -> which.includes(record) && record.isLive(now));
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
      remove(oldest, now);
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
