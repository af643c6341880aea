package com.example.session;

import dev.sallyport.StoreUnavailableException;
import dev.sallyport.store.CredentialStore;
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
import java.util.concurrent.ConcurrentLinkedQueue;

/** Writes down what is asked, can be down for one operation, and lets others in before one. */
final class WatchedTokens implements TokenStore {
  private final TokenStore inner = TokenStore.inMemory();
  private final ConcurrentLinkedQueue<String> calls = new ConcurrentLinkedQueue<>();
  private final Map<String, Runnable> before = new ConcurrentHashMap<>();
  private final Set<String> down = ConcurrentHashMap.newKeySet();

  /** Runs once, before the next operation of that name. */
  void before(String operation, Runnable meanwhile) {
    before.put(operation, meanwhile);
  }

  void down(String operation) {
    down.add(operation);
  }

  List<String> calls() {
    return List.copyOf(calls);
  }

  void forget() {
    calls.clear();
  }

  private void called(String operation) {
    Runnable meanwhile = before.remove(operation);
    if (meanwhile != null) {
      meanwhile.run();
    }
    calls.add(operation);
    if (down.contains(operation)) {
      throw new StoreUnavailableException(operation + " is down");
    }
  }

  @Override
  public Optional<TokenRecord> find(TokenKind kind, SecretDigest key, Instant now) {
    called("find");
    return inner.find(kind, key, now);
  }

  @Override
  public Optional<Owned> find(
      TokenKind kind, SecretDigest key, Instant now, CredentialStore users) {
    called("find");
    return inner.find(kind, key, now, users);
  }

  @Override
  public Insertion insert(TokenRecord record, TokenLimit limit, Instant now) {
    called("insert");
    return inner.insert(record, limit, now);
  }

  @Override
  public boolean replace(TokenRecord expected, TokenRecord next, Instant now) {
    called("replace");
    return inner.replace(expected, next, now);
  }

  @Override
  public boolean touch(TokenKind kind, SecretDigest key, Instant seen, Instant idleExpiresAt) {
    called("touch");
    return inner.touch(kind, key, seen, idleExpiresAt);
  }

  @Override
  public boolean remove(TokenKind kind, SecretDigest key) {
    called("remove");
    return inner.remove(kind, key);
  }

  @Override
  public List<TokenRecord> list(String userId, Set<TokenKind> kinds, Instant now) {
    return inner.list(userId, kinds, now);
  }

  @Override
  public boolean remove(String userId, Set<TokenKind> kinds, String id) {
    return inner.remove(userId, kinds, id);
  }

  @Override
  public int removeAll(String userId, Selection which) {
    return inner.removeAll(userId, which);
  }

  @Override
  public int prune(Instant before, int max) {
    return inner.prune(before, max);
  }
}
