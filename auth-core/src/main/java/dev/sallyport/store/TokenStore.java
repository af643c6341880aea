package dev.sallyport.store;

import dev.sallyport.StoreUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was issued: sessions, opaque tokens, families of refresh tokens, reset codes; one record
 * each.
 *
 * <p>Many threads call it at once, and by several nodes where they share it. It answers in bounded
 * time, or throws {@link StoreUnavailableException}. It has no clock: whoever asks says what time
 * it is, and what has expired by then is never returned, purged or not.
 *
 * <p>Every change is one conditional step on one record, or on what is kept of one user. No
 * operation changes a record's key, and none needs the records of two users. A key belongs to one
 * user for ever: each change names the user, so that a store can keep a user's records together.
 *
 * <p>After a {@link StoreUnavailableException} from a change, the change may have been made all the
 * same. Short of that an answer is about this very call: where a driver or the store itself tries
 * again, what the first try has done must not become "false", "full" or a key that is taken.
 */
public interface TokenStore {
  /** How many records a list has at most: 1,000. */
  int MAX_LISTED = 1000;

  /**
   * Whether a call may wait: for a server, a disk, or a lock that somebody holds who waits. Where
   * nobody's may, a host with an event loop asks in the loop itself, which saves two changes of
   * threads in each request.
   *
   * @return true by default
   */
  default boolean mayBlock() {
    return true;
  }

  /**
   * Finds a record.
   *
   * @param kind its kind; a record of another kind is not found
   * @param key its key
   * @param now the time
   * @return the record; empty if there is none, or it has expired
   * @throws StoreUnavailableException if the store could not answer
   */
  Optional<TokenRecord> find(TokenKind kind, SecretDigest key, Instant now);

  /**
   * Finds a record and its user. A store that knows how to read both at once does so; by default
   * they are two reads.
   *
   * @param kind its kind; a record of another kind is not found
   * @param key its key
   * @param now the time
   * @param users the users
   * @return the record and its user; empty if there is no record, or it has expired
   * @throws StoreUnavailableException if a store could not answer
   */
  default Optional<Owned> find(
      TokenKind kind, SecretDigest key, Instant now, CredentialStore users) {
    return find(kind, key, now)
        .map(found -> new Owned(found, users.findById(found.userId()).orElse(null)));
  }

  /**
   * A record and whose it is.
   *
   * @param record the record
   * @param user its user, active or not; null if there is none any more
   */
  record Owned(TokenRecord record, @Nullable User user) {
    /** Rejects a null record. */
    public Owned {
      Objects.requireNonNull(record, "record");
    }
  }

  /**
   * Adds a record. The limit holds for the user's live records of its kind whose epoch counts, and
   * exactly, however many are added at once. One of a higher epoch never makes room: what a raised
   * epoch has ended already takes no live one's place. {@link TokenLimit#leaving} says who leaves.
   *
   * @param record the new record, with a key and a public id that no other has; any number can be
   *     its epoch, {@link Long#MIN_VALUE} as well
   * @param limit how many there may be
   * @param now the time
   * @return whether it was added, and what had to make room
   * @throws IllegalArgumentException if there is a record of that key; nothing was changed
   * @throws StoreUnavailableException if the store could not answer, or is full
   */
  Insertion insert(TokenRecord record, TokenLimit limit, Instant now);

  /** How an insertion ended. */
  sealed interface Insertion {
    /**
     * The record was added.
     *
     * @param removed the public ids of those that made room, oldest first
     */
    record Done(List<String> removed) implements Insertion {
      /** Copies. */
      public Done {
        removed = List.copyOf(removed);
      }
    }

    /** The user has reached the maximum number; nothing was changed. */
    record Full() implements Insertion {}
  }

  /**
   * Replaces a record, if the stored one still has the version of the snapshot. The key, the public
   * id, the kind and the user stay as they are. A use that was noted meanwhile is not undone: of
   * the last use and of the idle end, the later of what is stored and what is to stand there stays.
   * {@link TokenRecord#replacedBy} says what then stands there.
   *
   * @param expected the snapshot that the change is based on
   * @param next what is to stand there; the store sets its version
   * @param now the time
   * @return true if it was replaced; false if it has changed, is gone or has expired
   * @throws IllegalArgumentException if the change is of what must stay
   * @throws StoreUnavailableException if the store could not answer
   */
  boolean replace(TokenRecord expected, TokenRecord next, Instant now);

  /**
   * Notes that a record was used. It never brings back one that was removed, and times only go
   * forward: an earlier one than what is stored changes nothing. The version stays. {@link
   * TokenRecord#touched} says what then stands there.
   *
   * @param found the record as it was found; its version and times do not count
   * @param seen when it was used
   * @param idleExpiresAt when it expires unless it is used again; null to leave that as it is
   * @return true if the record is there and live; false if there is nothing any more
   * @throws StoreUnavailableException if the store could not answer
   */
  boolean touch(TokenRecord found, Instant seen, @Nullable Instant idleExpiresAt);

  /**
   * Removes a record.
   *
   * @param found the record as it was found; its version and times do not count
   * @param now the time
   * @return true if this call removed it; of several that race, one is told so. False if it is gone
   *     or has expired
   * @throws StoreUnavailableException if the store could not answer
   */
  boolean remove(TokenRecord found, Instant now);

  /**
   * Lists a user's live records, oldest first; of more than {@value #MAX_LISTED} the newest, and no
   * more are read, so that no user's list takes all the memory. Reset codes are in no list.
   *
   * @param userId the user
   * @param kinds which kinds
   * @param now the time
   * @return the records
   * @throws StoreUnavailableException if the store could not answer
   */
  List<TokenRecord> list(String userId, Set<TokenKind> kinds, Instant now);

  /**
   * Removes one record of a user.
   *
   * @param userId the user
   * @param kinds which kinds it may be of
   * @param id its public id, which a client may have sent: it can be anything
   * @param now the time
   * @return true if this call removed it; false if the user has none of that id, or it has expired
   * @throws StoreUnavailableException if the store could not answer
   */
  boolean remove(String userId, Set<TokenKind> kinds, String id, Instant now);

  /**
   * Removes records of a user.
   *
   * @param userId the user
   * @param which which of them
   * @param now the time
   * @return how many were removed, without those that had expired
   * @throws StoreUnavailableException if the store could not answer
   */
  int removeAll(String userId, Selection which, Instant now);

  /**
   * Which of a user's records. All conditions must hold.
   *
   * @param kinds of these kinds
   * @param exceptId all but the one of this public id; null for all
   * @param labelPrefix those whose label begins so, compared exactly; empty for all
   * @param epochBelow those whose epoch is lower; {@link Long#MAX_VALUE} for all
   */
  record Selection(
      Set<TokenKind> kinds, @Nullable String exceptId, String labelPrefix, long epochBelow) {
    /** Copies. */
    public Selection {
      kinds = Set.copyOf(kinds);
      Objects.requireNonNull(labelPrefix, "labelPrefix");
    }

    /**
     * All records of some kinds.
     *
     * @param kinds the kinds
     * @return the selection
     */
    public static Selection of(Set<TokenKind> kinds) {
      return new Selection(kinds, null, "", Long.MAX_VALUE);
    }

    /**
     * The same, but for one.
     *
     * @param id the public id of the one to leave; null for none
     * @return the selection
     */
    public Selection except(@Nullable String id) {
      return new Selection(kinds, id, labelPrefix, epochBelow);
    }

    /**
     * The same, of those whose label begins so.
     *
     * @param prefix how the label begins, compared exactly
     * @return the selection
     */
    public Selection labelled(String prefix) {
      return new Selection(kinds, exceptId, prefix, epochBelow);
    }

    /**
     * The same, of those that an epoch has ended.
     *
     * @param epoch the user's epoch
     * @return the selection
     */
    public Selection issuedBefore(long epoch) {
      return new Selection(kinds, exceptId, labelPrefix, epoch);
    }

    /**
     * Whether a record is one of them.
     *
     * @param record a record of the user
     * @return true if all conditions hold
     */
    public boolean includes(TokenRecord record) {
      return kinds.contains(record.kind())
          && !record.id().equals(exceptId)
          && record.label().startsWith(labelPrefix)
          && record.epoch() < epochBelow;
    }
  }

  /**
   * Removes expired records for good. They are never returned anyway: this is for the space they
   * take. Call it in a loop until it removes less than {@code max}, every hour or so; a store that
   * drops expired records by itself has nothing to do.
   *
   * @param before those that have expired by then
   * @param max how many at most, so that no transaction is long
   * @return how many were removed
   * @throws StoreUnavailableException if the store could not answer
   */
  int prune(Instant before, int max);

  /**
   * A store in this process's memory for at most a million records. A session takes some 700 bytes.
   * Expired ones leave as new ones come. Where it is full of live ones, the oldest records of a
   * user who holds many make room for one who holds fewer, so that nobody who fills the store keeps
   * others from logging in. Where nobody holds more than the newcomer would, the new record is
   * refused by {@link StoreUnavailableException}.
   *
   * @return a new store
   */
  static TokenStore inMemory() {
    return inMemory(InMemoryTokens.MAX_RECORDS);
  }

  /**
   * As {@link #inMemory()}, with another bound.
   *
   * @param maxRecords how many records there may be, at least 1
   * @return a new store
   * @throws IllegalArgumentException if there may be none
   */
  static TokenStore inMemory(int maxRecords) {
    return new InMemoryTokens(maxRecords);
  }
}
