package dev.sallyport.spring;

import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What was issued, in a store that is watched. */
record ObservedTokens(TokenStore inner, StoreCalls calls) implements TokenStore {
  private <T> T call(String operation, Supplier<T> asked) {
    return calls.call("tokens", operation, asked);
  }

  @Override
  public boolean mayBlock() {
    return inner.mayBlock();
  }

  @Override
  public Optional<TokenRecord> find(TokenKind kind, SecretDigest key, Instant now) {
    return call("find", () -> inner.find(kind, key, now));
  }

  /** One call, and one read where the store knows these users. */
  @Override
  public Optional<Owned> find(
      TokenKind kind, SecretDigest key, Instant now, CredentialStore users) {
    CredentialStore known = ObservedUsers.inner(users);
    return call("find_with_user", () -> inner.find(kind, key, now, known));
  }

  @Override
  public Insertion insert(TokenRecord record, TokenLimit limit, Instant now) {
    return call("insert", () -> inner.insert(record, limit, now));
  }

  @Override
  public boolean replace(TokenRecord expected, TokenRecord next, Instant now) {
    return call("replace", () -> inner.replace(expected, next, now));
  }

  @Override
  public boolean touch(TokenRecord found, Instant seen, @Nullable Instant idleExpiresAt) {
    return call("touch", () -> inner.touch(found, seen, idleExpiresAt));
  }

  @Override
  public boolean remove(TokenRecord found, Instant now) {
    return call("remove", () -> inner.remove(found, now));
  }

  @Override
  public List<TokenRecord> list(String userId, Set<TokenKind> kinds, Instant now) {
    return call("list", () -> inner.list(userId, kinds, now));
  }

  @Override
  public boolean remove(String userId, Set<TokenKind> kinds, String id, Instant now) {
    return call("remove_by_id", () -> inner.remove(userId, kinds, id, now));
  }

  @Override
  public int removeAll(String userId, Selection which, Instant now) {
    return call("remove_all", () -> inner.removeAll(userId, which, now));
  }

  @Override
  public int prune(Instant before, int max) {
    return call("prune", () -> inner.prune(before, max));
  }

  @Override
  public String toString() {
    return inner.toString();
  }
}
