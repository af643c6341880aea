package dev.sallyport.jwt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The keys of a host that issues tokens: those that sign access tokens, and the secrets of its
 * refresh tokens. For {@code auth.chain}, for nodes that share a store, and for a file that nobody
 * else can read; what changes afterwards is in memory until it is written again. Safe for many
 * threads; {@code toString} shows ids only.
 *
 * <pre>{@code
 * JwtKeys keys = JwtKeys.generate(JwsAlgorithm.ES256, new SecureRandom());
 * Files.writeString(file, keys.privateJson());
 * }</pre>
 */
public final class JwtKeys {
  private final SigningKeySet signing;
  private final SigningKeySet refresh;

  private JwtKeys(SigningKeySet signing, SigningKeySet refresh) {
    this.signing = Objects.requireNonNull(signing, "signing");
    this.refresh = Objects.requireNonNull(refresh, "refresh");
    check(signing, refresh);
  }

  /** Now, and at each change of either. */
  static void check(SigningKeySet signing, SigningKeySet refresh) {
    if (refresh.arePublic()) {
      throw new IllegalArgumentException("Refresh tokens need secrets: HS256, HS384 or HS512");
    }
    refresh.keepApartFrom(signing);
  }

  /**
   * These keys.
   *
   * @param signing the keys that sign access tokens
   * @param refresh secrets that nothing else uses; from now on neither set takes one of the other's
   * @return the keys
   * @throws IllegalArgumentException if the latter are no secrets, or the same
   */
  public static JwtKeys of(SigningKeySet signing, SigningKeySet refresh) {
    return new JwtKeys(signing, refresh);
  }

  /**
   * New keys, one of each.
   *
   * @param algorithm by which access tokens are signed; refresh tokens have HS256
   * @param random where they come from
   * @return the keys
   */
  public static JwtKeys generate(JwsAlgorithm algorithm, SecureRandom random) {
    return of(
        SigningKeySet.of(SigningKey.generate(algorithm, random)),
        SigningKeySet.of(SigningKey.generate(JwsAlgorithm.HS256, random)));
  }

  /**
   * Reads what {@link #privateJson} has written.
   *
   * @param json the keys
   * @param clock what says when keys end
   * @return the keys
   * @throws IllegalArgumentException if it is anything else; nothing of it is shown
   */
  public static JwtKeys read(String json, Clock clock) {
    Map<String, List<JwkFields>> sets = new HashMap<>();
    try {
      StrictJson.readObject(
          json.getBytes(StandardCharsets.UTF_8),
          (name, value) -> sets.put(name, JwkSet.members(value)));
    } catch (IOException e) {
      throw malformed();
    }
    List<JwkFields> signing = sets.get("signing");
    List<JwkFields> refresh = sets.get("refresh");
    if (signing == null || refresh == null || sets.size() > 2) {
      throw malformed();
    }
    return of(SigningKeySet.of(signing, clock), SigningKeySet.of(refresh, clock));
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException(
        "Keys are one JSON object with the JWK sets 'signing' and 'refresh'");
  }

  /**
   * Writes all keys with all that makes them sign. Whoever reads this can log in as anybody: keep
   * it where nobody else can read it.
   *
   * @return what {@link #read} reads
   * @throws IllegalArgumentException if the key that signs can't leave its device or service; write
   *     {@link #refresh} alone then
   */
  public String privateJson() {
    return "{\"signing\":"
        + signing.privateJwkSet()
        + ",\"refresh\":"
        + refresh.privateJwkSet()
        + "}";
  }

  /**
   * What signs access tokens.
   *
   * @return the keys
   */
  public SigningKeySet signing() {
    return signing;
  }

  /**
   * What makes refresh tokens.
   *
   * @return the secrets
   */
  public SigningKeySet refresh() {
    return refresh;
  }

  @Override
  public String toString() {
    return "JwtKeys[" + signing + ", " + refresh + "]";
  }
}
