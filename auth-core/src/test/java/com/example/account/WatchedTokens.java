package com.example.account;

import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A store in memory that counts what it is asked, and does what a test wants before it answers. */
final class WatchedTokens implements TokenStore {
  private final TokenStore records = TokenStore.inMemory();
  private final AtomicInteger asked = new AtomicInteger();
  private final List<String> owners = new CopyOnWriteArrayList<>();
  private final AtomicInteger changed = new AtomicInteger();
  private volatile Runnable beforeRead = () -> {};
  private volatile Runnable beforeWrite = () -> {};

  void beforeRead(Runnable work) {
    beforeRead = work;
  }

  void beforeWrite(Runnable work) {
    beforeWrite = work;
  }

  /** How often it was asked anything. */
  int asked() {
    return asked.get();
  }

  /** Whose records were added, in order. */
  List<String> owners() {
    return owners;
  }

  /** How many of the changes by key found something to change. */
  int changed() {
    return changed.get();
  }

  private boolean counted(boolean isDone) {
    changed.addAndGet(isDone ? 1 : 0);
    return isDone;
  }

  private TokenStore reading() {
    asked.incrementAndGet();
    beforeRead.run();
    return records;
  }

  private TokenStore writing() {
    asked.incrementAndGet();
    beforeWrite.run();
    return records;
  }

  @Override
  public Optional<TokenRecord> find(TokenKind kind, SecretDigest key, Instant now) {
    return reading().find(kind, key, now);
  }

  @Override
  public Insertion insert(TokenRecord record, TokenLimit limit, Instant now) {
    owners.add(record.userId());
    return writing().insert(record, limit, now);
  }

  @Override
  public boolean replace(TokenRecord expected, TokenRecord next, Instant now) {
    return writing().replace(expected, next, now);
  }

  @Override
  public boolean touch(TokenRecord found, Instant seen, Instant idleExpiresAt) {
    return counted(writing().touch(found, seen, idleExpiresAt));
  }

  @Override
  public boolean remove(TokenRecord found, Instant now) {
    return counted(writing().remove(found, now));
  }

  @Override
  public List<TokenRecord> list(String userId, Set<TokenKind> kinds, Instant now) {
    return reading().list(userId, kinds, now);
  }

  @Override
  public boolean remove(String userId, Set<TokenKind> kinds, String id, Instant now) {
    return writing().remove(userId, kinds, id, now);
  }

  @Override
  public int removeAll(String userId, Selection which, Instant now) {
    return writing().removeAll(userId, which, now);
  }

  @Override
  public int prune(Instant before, int max) {
    return writing().prune(before, max);
  }

  @Override
  public String toString() {
    return records.toString();
  }
}
