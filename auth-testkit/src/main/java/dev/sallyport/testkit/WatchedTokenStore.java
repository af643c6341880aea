package dev.sallyport.testkit;

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
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A token store that records its calls, can be down for an operation, and can run something before
 * one. Operations have the names of their methods; the look-up together with the user is {@code
 * find+user}. Safe for many threads.
 *
 * <pre>{@code
 * WatchedTokenStore store = WatchedTokenStore.inMemory();
 * store.down("insert");  // now a login is 503
 * }</pre>
 */
public final class WatchedTokenStore implements TokenStore {
  private final TokenStore inner;
  private final Queue<String> calls = new ConcurrentLinkedQueue<>();
  private final Map<String, Runnable> before = new ConcurrentHashMap<>();
  private final Set<String> down = ConcurrentHashMap.newKeySet();

  private WatchedTokenStore(TokenStore inner) {
    this.inner = Objects.requireNonNull(inner, "inner");
  }

  /**
   * Watches a store.
   *
   * @param inner the store that does the work
   * @return the store
   */
  public static WatchedTokenStore of(TokenStore inner) {
    return new WatchedTokenStore(inner);
  }

  /** {@return a watched new store in memory} */
  public static WatchedTokenStore inMemory() {
    return of(TokenStore.inMemory());
  }

  /**
   * Runs something once, before the next call of an operation, in its thread.
   *
   * @param operation the operation
   * @param meanwhile the work
   */
  public void before(String operation, Runnable meanwhile) {
    before.put(operation, meanwhile);
  }

  /**
   * Makes every call of an operation fail from now on.
   *
   * @param operation the operation
   */
  public void down(String operation) {
    down.add(operation);
  }

  /**
   * Lets calls of an operation work again.
   *
   * @param operation the operation
   */
  public void up(String operation) {
    down.remove(operation);
  }

  /**
   * {@return the operations called since the beginning or {@link #forget}, in order, including
   * those that failed}
   */
  public List<String> calls() {
    return List.copyOf(calls);
  }

  /** Forgets the calls so far. */
  public void forget() {
    calls.clear();
  }

  private TokenStore called(String operation) {
    Runnable meanwhile = before.remove(operation);
    if (meanwhile != null) {
      meanwhile.run();
    }
    calls.add(operation);
    if (down.contains(operation)) {
      throw new StoreUnavailableException(operation + " is down");
    }
    return inner;
  }

  @Override
  public Optional<TokenRecord> find(TokenKind kind, SecretDigest key, Instant now) {
    return called("find").find(kind, key, now);
  }

  @Override
  public Optional<Owned> find(
      TokenKind kind, SecretDigest key, Instant now, CredentialStore users) {
    return called("find+user").find(kind, key, now, users);
  }

  @Override
  public Insertion insert(TokenRecord record, TokenLimit limit, Instant now) {
    return called("insert").insert(record, limit, now);
  }

  @Override
  public boolean replace(TokenRecord expected, TokenRecord next, Instant now) {
    return called("replace").replace(expected, next, now);
  }

  @Override
  public boolean touch(TokenRecord found, Instant seen, @Nullable Instant idleExpiresAt) {
    return called("touch").touch(found, seen, idleExpiresAt);
  }

  @Override
  public boolean remove(TokenRecord found, Instant now) {
    return called("remove").remove(found, now);
  }

  @Override
  public List<TokenRecord> list(String userId, Set<TokenKind> kinds, Instant now) {
    return called("list").list(userId, kinds, now);
  }

  @Override
  public boolean remove(String userId, Set<TokenKind> kinds, String id, Instant now) {
    return called("remove").remove(userId, kinds, id, now);
  }

  @Override
  public int removeAll(String userId, Selection which, Instant now) {
    return called("removeAll").removeAll(userId, which, now);
  }

  @Override
  public int prune(Instant before, int max) {
    return called("prune").prune(before, max);
  }

  @Override
  public String toString() {
    return "WatchedTokenStore" + calls;
  }
}
