package com.example.testkit;

import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Records as they must not be kept: each does one thing wrong. */
final class WrongTokens {
  private WrongTokens() {}

  static class CountsThenInserts extends PassingTokens {
    @Override
    public Insertion insert(TokenRecord record, TokenLimit limit, Instant now) {
      List<TokenRecord> live =
          list(record.userId(), Set.of(record.kind()), now).stream()
              .filter(other -> other.epoch() >= limit.countedFrom())
              .toList();
      int tooMany = Math.max(0, live.size() - limit.max() + 1);
      if (tooMany > 0 && limit.whenFull() == TokenLimit.WhenFull.REFUSE_NEW) {
        return new Insertion.Full();
      }
      Pause.here();
      List<String> removed = live.stream().limit(tooMany).map(TokenRecord::id).toList();
      removed.forEach(id -> remove(record.userId(), Set.of(record.kind()), id, now));
      super.insert(record, TokenLimit.NONE, now);
      return new Insertion.Done(removed);
    }
  }

  static class FindsExpired extends PassingTokens {
    @Override
    public Optional<TokenRecord> find(TokenKind kind, SecretDigest key, Instant now) {
      return super.find(kind, key, Instant.EPOCH);
    }
  }

  static class FindsExpiredWithUser extends PassingTokens {
    @Override
    public Optional<Owned> find(
        TokenKind kind, SecretDigest key, Instant now, CredentialStore users) {
      return super.find(kind, key, Instant.EPOCH, users);
    }
  }

  static class ListsExpired extends PassingTokens {
    @Override
    public List<TokenRecord> list(String userId, Set<TokenKind> kinds, Instant now) {
      return super.list(userId, kinds, Instant.EPOCH);
    }
  }

  static class UsesExpired extends PassingTokens {
    @Override
    public boolean touch(TokenRecord found, Instant seen, Instant idleExpiresAt) {
      return super.touch(found, seen, idleExpiresAt)
          || find(found.kind(), found.key(), Instant.EPOCH).isPresent();
    }
  }

  static class ListsResets extends PassingTokens {
    @Override
    public List<TokenRecord> list(String userId, Set<TokenKind> kinds, Instant now) {
      List<TokenRecord> listed = new ArrayList<>(super.list(userId, kinds, now));
      inserted.values().stream()
          .filter(record -> record.kind() == TokenKind.RESET && kinds.contains(TokenKind.RESET))
          .filter(record -> record.userId().equals(userId))
          .forEach(listed::add);
      return listed;
    }
  }

  /** Reads, and writes back what it has read; what was removed meanwhile is there again. */
  static class TouchBringsBack extends PassingTokens {
    @Override
    public boolean touch(TokenRecord found, Instant seen, Instant idleExpiresAt) {
      Optional<TokenRecord> stored = find(found.kind(), found.key(), seen);
      Pause.here();
      stored.ifPresent(record -> write(used(record, seen, idleExpiresAt), seen));
      return stored.isPresent();
    }

    static TokenRecord used(TokenRecord record, Instant seen, Instant idleExpiresAt) {
      TokenRecord.Builder used = record.toBuilder().lastSeenAt(seen);
      if (idleExpiresAt != null && record.idleExpiresAt().isPresent()) {
        used.idleExpiresAt(idleExpiresAt);
      }
      return used.build();
    }

    final synchronized void write(TokenRecord record, Instant now) {
      inner.remove(record, now);
      inner.insert(record, TokenLimit.NONE, now);
    }
  }

  static class TouchGoesBack extends TouchBringsBack {
    @Override
    public synchronized boolean touch(TokenRecord found, Instant seen, Instant idleExpiresAt) {
      boolean touched = inner.touch(found, seen, idleExpiresAt);
      find(found.kind(), found.key(), seen)
          .ifPresent(record -> write(used(record, seen, null), seen));
      return touched;
    }
  }

  static class TouchShortensLives extends TouchBringsBack {
    @Override
    public synchronized boolean touch(TokenRecord found, Instant seen, Instant idleExpiresAt) {
      boolean touched = inner.touch(found, seen, idleExpiresAt);
      find(found.kind(), found.key(), seen)
          .ifPresent(record -> write(used(record, record.lastSeenAt(), idleExpiresAt), seen));
      return touched;
    }
  }

  static class TouchRaisesTheVersion extends PassingTokens {
    @Override
    public boolean touch(TokenRecord found, Instant seen, Instant idleExpiresAt) {
      boolean touched = super.touch(found, seen, idleExpiresAt);
      find(found.kind(), found.key(), seen).ifPresent(record -> replace(record, record, seen));
      return touched;
    }
  }

  static class ReplacesAnyVersion extends PassingTokens {
    @Override
    public boolean replace(TokenRecord expected, TokenRecord next, Instant now) {
      return super.replace(find(expected.kind(), expected.key(), now).orElse(expected), next, now);
    }
  }

  static class ReplaceUndoesUses extends PassingTokens {
    @Override
    public synchronized boolean replace(TokenRecord expected, TokenRecord next, Instant now) {
      boolean replaced = super.replace(expected, next, now);
      if (replaced) {
        TokenRecord stored = find(next.kind(), next.key(), now).orElse(next);
        inner.remove(next, now);
        inner.insert(next.toBuilder().version(stored.version()).build(), TokenLimit.NONE, now);
      }
      return replaced;
    }
  }

  static class RemovesAnybodys extends PassingTokens {
    @Override
    public boolean remove(String userId, Set<TokenKind> kinds, String id, Instant now) {
      return inserted.values().stream()
          .filter(record -> record.id().equals(id))
          .anyMatch(record -> super.remove(record.userId(), kinds, id, now));
    }
  }

  static class IgnoresTheKind extends PassingTokens {
    @Override
    public Optional<TokenRecord> find(TokenKind kind, SecretDigest key, Instant now) {
      for (TokenKind any : TokenKind.values()) {
        Optional<TokenRecord> found = super.find(any, key, now);
        if (found.isPresent()) {
          return found;
        }
      }
      return Optional.empty();
    }
  }

  static class RemovesAnyKind extends PassingTokens {
    @Override
    public boolean remove(TokenRecord found, Instant now) {
      TokenRecord record = inserted.get(found.key());
      return record != null && super.remove(record, now);
    }
  }

  static class RemovesExpired extends PassingTokens {
    @Override
    public boolean remove(TokenRecord found, Instant now) {
      return super.remove(found, Instant.EPOCH);
    }
  }

  static class RemovesExpiredByTheirIds extends PassingTokens {
    @Override
    public boolean remove(String userId, Set<TokenKind> kinds, String id, Instant now) {
      return super.remove(userId, kinds, id, Instant.EPOCH);
    }
  }

  static class CountsExpired extends PassingTokens {
    @Override
    public int removeAll(String userId, Selection which, Instant now) {
      return super.removeAll(userId, which, Instant.EPOCH);
    }
  }

  static class RemovesByTheVersion extends PassingTokens {
    @Override
    public boolean remove(TokenRecord found, Instant now) {
      return find(found.kind(), found.key(), now)
          .filter(stored -> stored.version() == found.version())
          .map(stored -> super.remove(stored, now))
          .orElse(false);
    }
  }

  static class UsesByTheVersion extends PassingTokens {
    @Override
    public boolean touch(TokenRecord found, Instant seen, Instant idleExpiresAt) {
      return find(found.kind(), found.key(), seen)
          .filter(stored -> stored.version() == found.version())
          .map(stored -> super.touch(stored, seen, idleExpiresAt))
          .orElse(false);
    }
  }

  static class KeepsDoubles extends PassingTokens {
    @Override
    public Insertion insert(TokenRecord record, TokenLimit limit, Instant now) {
      long epoch = (long) (double) record.epoch();
      return super.insert(record.toBuilder().epoch(epoch).build(), limit, now);
    }
  }

  /** Asks the oldest alone for its epoch, where several would have to leave. */
  static class AsksTheOldest extends PassingTokens {
    @Override
    public synchronized Insertion insert(TokenRecord record, TokenLimit limit, Instant now) {
      List<TokenRecord> counted =
          list(record.userId(), Set.of(record.kind()), now).stream()
              .filter(other -> other.epoch() >= limit.countedFrom())
              .toList();
      int tooMany = Math.max(0, counted.size() - limit.max() + 1);
      if (tooMany > 0
          && (limit.whenFull() == TokenLimit.WhenFull.REFUSE_NEW
              || counted.get(0).epoch() > record.epoch())) {
        return new Insertion.Full();
      }
      List<TokenRecord> leaving = counted.subList(0, tooMany);
      super.insert(record, TokenLimit.NONE, now);
      leaving.forEach(oldest -> remove(oldest, now));
      return new Insertion.Done(leaving.stream().map(TokenRecord::id).toList());
    }
  }

  static class TakesLabelsForPatterns extends PassingTokens {
    @Override
    public int removeAll(String userId, Selection which, Instant now) {
      Pattern like =
          Pattern.compile(
              Pattern.quote(which.labelPrefix()).replace("%", "\\E.*\\Q").replace("_", "\\E.\\Q")
                  + ".*");
      int removed = 0;
      for (TokenRecord record : list(userId, which.kinds(), now)) {
        if (like.matcher(record.label()).matches()
            && which.labelled("").includes(record)
            && super.remove(record, now)) {
          removed++;
        }
      }
      return removed;
    }
  }

  static class OverwritesTheKey extends PassingTokens {
    @Override
    public synchronized Insertion insert(TokenRecord record, TokenLimit limit, Instant now) {
      TokenRecord former = inserted.get(record.key());
      if (former != null) {
        inner.remove(former, now);
      }
      return super.insert(record, limit, now);
    }
  }
}
