package dev.sallyport.jwt.key;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.jwt.json.JsonObject;
import dev.sallyport.jwt.json.JsonWriter;
import dev.sallyport.jwt.json.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The keys of a host that issues tokens: those that sign access tokens, and the secrets of its
 * refresh tokens. For {@code auth.chain}, and for nodes that share a store. A {@link KeyFile} keeps
 * them in a file and up to date; otherwise they are in memory, and so are later changes. Safe for
 * many threads; {@code toString} shows ids only.
 *
 * <pre>{@code
 * JwtKeys keys = JwtKeys.generate(environment, JwsAlgorithm.ES256);
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

  /** Checks them now, and at each change of either. */
  private static void check(SigningKeySet signing, SigningKeySet refresh) {
    if (refresh.arePublic()) {
      throw new IllegalArgumentException("Refresh tokens need secrets: HS256, HS384 or HS512");
    }
    refresh.keepApartFrom(signing);
  }

  /**
   * Combines the keys.
   *
   * @param signing the keys that sign access tokens
   * @param refresh secrets that are used for nothing else; from now on neither set accepts a secret
   *     of the other
   * @return the keys
   * @throws IllegalArgumentException if the latter are not secrets, or the two share one
   */
  public static JwtKeys of(SigningKeySet signing, SigningKeySet refresh) {
    return new JwtKeys(signing, refresh);
  }

  /**
   * Generates new keys, one of each kind.
   *
   * @param environment supplies the randomness, and the clock by which keys expire
   * @param algorithm the algorithm that signs access tokens; refresh tokens use HS256
   * @return the keys
   */
  public static JwtKeys generate(AuthEnvironment environment, JwsAlgorithm algorithm) {
    SecureRandom random = environment.random();
    return of(
        SigningKeySet.of(environment, SigningKey.generate(algorithm, random)),
        SigningKeySet.of(environment, SigningKey.generate(JwsAlgorithm.HS256, random)));
  }

  /**
   * Reads keys written by {@link #privateJson}.
   *
   * @param environment supplies the clock by which keys expire
   * @param json the keys
   * @return the keys
   * @throws IllegalArgumentException if it is anything else; the message shows none of it
   */
  public static JwtKeys read(AuthEnvironment environment, String json) {
    return read(environment, json.getBytes(StandardCharsets.UTF_8));
  }

  static JwtKeys read(AuthEnvironment environment, byte[] json) {
    try {
      JsonObject sets = StrictJson.read(json);
      if (sets.size() == 2
          && sets.get("signing") instanceof JsonObject signing
          && sets.get("refresh") instanceof JsonObject refresh) {
        return of(
            SigningKeySet.of(environment, JwkSet.members(signing)),
            SigningKeySet.of(environment, JwkSet.members(refresh)));
      }
    } catch (IOException e) {
      // it is malformed, and what it holds is secret
    }
    throw malformed();
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException(
        "The keys must be a JSON object with the JWK sets 'signing' and 'refresh'");
  }

  /**
   * Writes all keys with their private parts. Whoever reads this can log in as anybody: keep it
   * where nobody else can read it.
   *
   * @return a text that {@link #read} accepts
   * @throws IllegalArgumentException if the signing key can't leave its device or service; in that
   *     case, write {@link #refresh} alone
   */
  public String privateJson() {
    Map<String, Object> sets = new LinkedHashMap<>();
    sets.put("signing", signing.privateSet());
    sets.put("refresh", refresh.privateSet());
    return JsonWriter.text(sets);
  }

  /** The same keys as sets that follow a file. */
  JwtKeys watchedBy(KeyWatch watch) {
    return new JwtKeys(signing.watchedBy(watch), refresh.watchedBy(watch));
  }

  /** {@return the keys that sign access tokens} */
  public SigningKeySet signing() {
    return signing;
  }

  /** {@return the secrets that make refresh tokens} */
  public SigningKeySet refresh() {
    return refresh;
  }

  @Override
  public String toString() {
    return "JwtKeys[" + signing + ", " + refresh + "]";
  }
}
