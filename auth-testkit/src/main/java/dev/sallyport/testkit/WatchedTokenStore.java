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
 * A token store that writes down what it is asked, can be down for an operation, and lets somebody
 * in before one. Operations go by the name of their method; the look-up together with the user is
 * {@code find+user}. Safe for many threads.
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
   * @param inner what answers
   * @return the store
   */
  public static WatchedTokenStore of(TokenStore inner) {
    return new WatchedTokenStore(inner);
  }

  /**
   * Watches a new store in memory.
   *
   * @return the store
   */
  public static WatchedTokenStore inMemory() {
    return of(TokenStore.inMemory());
  }

  /**
   * Does something once, before the next operation of a name, in its thread.
   *
   * @param operation the operation
   * @param meanwhile what is done
   */
  public void before(String operation, Runnable meanwhile) {
    before.put(operation, meanwhile);
  }

  /**
   * Lets every operation of a name fail from now on.
   *
   * @param operation the operation
   */
  public void down(String operation) {
    down.add(operation);
  }

  /**
   * What has been asked since the beginning or {@link #forget}, those that failed as well.
   *
   * @return the operations in their order
   */
  public List<String> calls() {
    return List.copyOf(calls);
  }

  /** Forgets what has been asked. */
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
  public boolean touch(
      TokenKind kind, SecretDigest key, Instant seen, @Nullable Instant idleExpiresAt) {
    return called("touch").touch(kind, key, seen, idleExpiresAt);
  }

  @Override
  public boolean remove(TokenKind kind, SecretDigest key) {
    return called("remove").remove(kind, key);
  }

  @Override
  public List<TokenRecord> list(String userId, Set<TokenKind> kinds, Instant now) {
    return called("list").list(userId, kinds, now);
  }

  @Override
  public boolean remove(String userId, Set<TokenKind> kinds, String id) {
    return called("remove").remove(userId, kinds, id);
  }

  @Override
  public int removeAll(String userId, Selection which) {
    return called("removeAll").removeAll(userId, which);
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
