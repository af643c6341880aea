package dev.sallyport.redis;

import static dev.sallyport.redis.Texts.hex;

import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Records by user: a hash a user, a field a record, and a pointer from each record's key to its
 * user. A pointer is written before its record and removed after it.
 */
final class RedisTokens implements TokenStore {
  /** How long a record that never ends stays after its last use. */
  private static final Duration UNUSED = Duration.ofDays(3650);

  /** 9999-12-31: later ends need no place in the server's clock. */
  static final long MAX_MILLIS = 253_402_300_799_999L;

  private static final Long DONE = 1L;

  private final Server server;
  private final Keys keys;

  RedisTokens(Server server) {
    this.server = server;
    this.keys = server.keys();
  }

  @Override
  public Optional<TokenRecord> find(TokenKind kind, SecretDigest key, Instant now) {
    return Optional.ofNullable(stored(key))
        .map(bytes -> Records.read(key, bytes))
        .filter(record -> record.kind() == kind && record.isLive(now));
  }

  private byte @Nullable [] stored(SecretDigest key) {
    Call call = server.call("find a record");
    byte[] pointer = keys.pointer(key);
    byte[] field = Keys.ascii(key.text());
    if (!server.isCluster()) {
      return (byte[]) call.run(Script.FIND, pointer, keys.users(), field);
    }
    byte[] user = call.get(pointer);
    return user == null ? null : call.get(keys.user(Call.ascii(user)), field);
  }

  @Override
  public Insertion insert(TokenRecord record, TokenLimit limit, Instant now) {
    byte[] bytes = Records.written(record);
    Call call = server.call("add a record");
    String user = Keys.digest(record.userId());
    byte[] pointer = keys.pointer(record.key());
    if (!DONE.equals(call.change(Script.POINT, pointer, pointing(record, user, true, now)))) {
      throw new IllegalArgumentException("There is already a record with that key");
    }
    List<?> answer =
        (List<?>)
            call.once(
                Script.INSERT,
                keys.user(user),
                user,
                record.key().text(),
                bytes,
                limit.max() == TokenLimit.NONE.max() ? -1 : limit.max(),
                limit.whenFull(),
                hex(limit.countedFrom()),
                hex(now.toEpochMilli()),
                now.toEpochMilli(),
                till(record));
    return switch (Call.ascii(answer.get(0))) {
      case "done" -> {
        call.forget(pointers((List<?>) answer.get(2)));
        yield new Insertion.Done(
            ((List<?>) answer.get(1)).stream().map(id -> Texts.read((byte[]) id)).toList());
      }
      case "full" -> {
        call.forget(List.of(pointer));
        yield new Insertion.Full();
      }
      default -> throw new IllegalArgumentException("There is already a record with that key");
    };
  }

  /** What makes a record's key lead to its user, or lead there for longer: 1 if it does. */
  private static Object[] pointing(TokenRecord record, String user, boolean isNew, Instant now) {
    return new Object[] {user, isNew, now.toEpochMilli(), till(record)};
  }

  /** Until when pointer and hash have to stay: however often it is used, it ends by then. */
  private static long till(TokenRecord record) {
    Instant end =
        record
            .expiresAt()
            .or(record::idleExpiresAt)
            .orElseGet(() -> record.lastSeenAt().plus(UNUSED));
    return Math.min(end.toEpochMilli(), MAX_MILLIS);
  }

  private List<byte[]> pointers(List<?> fields) {
    List<byte[]> pointers = new ArrayList<>();
    fields.forEach(field -> pointers.add(keys.pointer(SecretDigest.stored(Call.ascii(field)))));
    return pointers;
  }

  @Override
  public boolean replace(TokenRecord expected, TokenRecord next, Instant now) {
    TokenRecord replaced = expected.replacedBy(next);
    if (!isKept(expected)) {
      return false;
    }
    byte[] bytes = Records.written(replaced);
    Call call = server.call("change a record");
    String user = Keys.digest(expected.userId());
    byte[] pointer = keys.pointer(expected.key());
    if (till(replaced) > till(expected)
        && !DONE.equals(call.change(Script.POINT, pointer, pointing(replaced, user, false, now)))) {
      return false;
    }
    return DONE.equals(
        call.once(
            Script.REPLACE,
            keys.user(user),
            user,
            expected.key().text(),
            identity(expected),
            hex(expected.version()),
            bytes,
            hex(now.toEpochMilli()),
            now.toEpochMilli(),
            till(replaced)));
  }

  private static boolean isKept(TokenRecord record) {
    return Texts.isKept(record.id()) && Texts.isKept(record.userId());
  }

  private static byte[] identity(TokenRecord record) {
    return Texts.written(Records.letter(record.kind()) + record.id());
  }

  @Override
  public boolean touch(TokenRecord found, Instant seen, @Nullable Instant idleExpiresAt) {
    if (!isKept(found)) {
      return false;
    }
    Call call = server.call("note the use of a record");
    TokenRecord touched = found.touched(seen, idleExpiresAt);
    String user = Keys.digest(found.userId());
    byte[] pointer = keys.pointer(found.key());
    if (found.expiresAt().isEmpty()
        && !DONE.equals(call.run(Script.POINT, pointer, pointing(touched, user, false, seen)))) {
      return false;
    }
    long seenAt = seen.toEpochMilli();
    long idleEnd = idleExpiresAt == null ? 0 : idleExpiresAt.toEpochMilli();
    return DONE.equals(
        call.run(
            Script.TOUCH,
            keys.user(user),
            found.key().text(),
            identity(found),
            hex(seenAt),
            idleExpiresAt == null ? "" : hex(idleEnd),
            seenAt,
            till(touched),
            Texts.ordered(seenAt),
            Texts.ordered(idleEnd)));
  }

  @Override
  public boolean remove(TokenRecord found, Instant now) {
    if (!isKept(found)) {
      return false;
    }
    Call call = server.call("remove a record");
    String user = Keys.digest(found.userId());
    boolean removed =
        DONE.equals(
            call.once(
                Script.REMOVE,
                keys.user(user),
                user,
                found.key().text(),
                identity(found),
                hex(now.toEpochMilli())));
    if (removed) {
      call.forget(List.of(keys.pointer(found.key())));
    }
    return removed;
  }

  @Override
  public List<TokenRecord> list(String userId, Set<TokenKind> kinds, Instant now) {
    List<TokenKind> listed = kinds.stream().filter(kind -> kind != TokenKind.RESET).toList();
    if (listed.isEmpty() || !Texts.isKept(userId)) {
      return List.of();
    }
    List<?> answer =
        (List<?>)
            server
                .call("list a user's records")
                .run(
                    Script.LIST,
                    keys.user(Keys.digest(userId)),
                    letters(listed),
                    hex(now.toEpochMilli()),
                    MAX_LISTED);
    List<TokenRecord> records = new ArrayList<>();
    for (int i = 0; answer != null && i < answer.size(); i += 2) {
      SecretDigest key = SecretDigest.stored(Call.ascii(answer.get(i)));
      records.add(Records.read(key, (byte[]) answer.get(i + 1)));
    }
    return List.copyOf(records);
  }

  private static String letters(Collection<TokenKind> kinds) {
    StringBuilder letters = new StringBuilder();
    kinds.forEach(kind -> letters.append(Records.letter(kind)));
    return letters.toString();
  }

  @Override
  public boolean remove(String userId, Set<TokenKind> kinds, String id, Instant now) {
    return Texts.isKept(id)
        && removeAll(userId, Selection.of(kinds), Texts.written("=" + id), now) > 0;
  }

  @Override
  public int removeAll(String userId, Selection which, Instant now) {
    return removeAll(userId, which, Keys.ascii(""), now);
  }

  private int removeAll(String userId, Selection which, byte[] onlyId, Instant now) {
    if (which.kinds().isEmpty() || !Texts.isKept(userId) || !Texts.isKept(which.labelPrefix())) {
      return 0;
    }
    String exceptId = which.exceptId();
    Call call = server.call("remove a user's records");
    String user = Keys.digest(userId);
    List<?> fields =
        (List<?>)
            call.once(
                Script.REMOVE_ALL,
                keys.user(user),
                user,
                letters(which.kinds()),
                hex(now.toEpochMilli()),
                onlyId,
                exceptId == null || !Texts.isKept(exceptId) ? "" : Texts.written("=" + exceptId),
                Texts.written(which.labelPrefix()),
                which.epochBelow() == Long.MAX_VALUE ? "" : hex(which.epochBelow()));
    call.forget(pointers(fields));
    return fields.size();
  }

  /** What has expired leaves by itself. */
  @Override
  public int prune(Instant before, int max) {
    return 0;
  }

  @Override
  public String toString() {
    return "RedisTokens[" + server + "]";
  }
}
