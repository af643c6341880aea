package com.example.testkit;

import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Passes all on to a store in memory, and knows what was inserted; the wrong ones extend it. */
class PassingTokens implements TokenStore {
  final TokenStore inner = TokenStore.inMemory();

  /** All that was ever inserted, by key, as it was then. */
  final Map<SecretDigest, TokenRecord> inserted = new ConcurrentHashMap<>();

  @Override
  public Optional<TokenRecord> find(TokenKind kind, SecretDigest key, Instant now) {
    return inner.find(kind, key, now);
  }

  @Override
  public Insertion insert(TokenRecord record, TokenLimit limit, Instant now) {
    Insertion insertion = inner.insert(record, limit, now);
    if (insertion instanceof Insertion.Done) {
      inserted.put(record.key(), record);
    }
    return insertion;
  }

  @Override
  public boolean replace(TokenRecord expected, TokenRecord next, Instant now) {
    return inner.replace(expected, next, now);
  }

  @Override
  public boolean touch(TokenRecord found, Instant seen, Instant idleExpiresAt) {
    return inner.touch(found, seen, idleExpiresAt);
  }

  @Override
  public boolean remove(TokenRecord found, Instant now) {
    return inner.remove(found, now);
  }

  @Override
  public List<TokenRecord> list(String userId, Set<TokenKind> kinds, Instant now) {
    return inner.list(userId, kinds, now);
  }

  @Override
  public boolean remove(String userId, Set<TokenKind> kinds, String id, Instant now) {
    return inner.remove(userId, kinds, id, now);
  }

  @Override
  public int removeAll(String userId, Selection which, Instant now) {
    return inner.removeAll(userId, which, now);
  }

  @Override
  public int prune(Instant before, int max) {
    return inner.prune(before, max);
  }
}
