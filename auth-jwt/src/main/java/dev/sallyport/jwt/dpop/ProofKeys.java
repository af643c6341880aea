package dev.sallyport.jwt.dpop;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keys of proofs by the header that they came in, as it was written: a client's proofs all have the
 * same header. When the young half is full it becomes the old one, and what nobody has asked for is
 * dropped. Only keys that a valid token is bound to are added. Safe for many threads.
 *
 * <p>A key that is found costs a look-up; one that is not, reading it and its header: a third of
 * the signature for RS256 (DpopBenchmark, proof and firstProof).
 */
final class ProofKeys {
  private static final int MAX_YOUNG = 1000;

  private volatile Map<String, ProofKey> young = new ConcurrentHashMap<>();
  private volatile Map<String, ProofKey> old = new ConcurrentHashMap<>();

  @Nullable ProofKey find(String header) {
    ProofKey found = young.get(header);
    if (found != null) {
      return found;
    }
    found = old.get(header);
    if (found != null) {
      add(header, found);
    }
    return found;
  }

  void add(String header, ProofKey key) {
    if (!young.containsKey(header)) {
      put(header, key);
    }
  }

  private synchronized void put(String header, ProofKey key) {
    if (young.size() >= MAX_YOUNG) {
      old = young;
      young = new ConcurrentHashMap<>();
    }
    young.put(header, key);
  }
}
