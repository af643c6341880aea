package dev.sallyport.jwt.key;

import dev.sallyport.jwt.json.JsonObject;
import dev.sallyport.jwt.json.JsonWriter;
import dev.sallyport.jwt.json.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Sets of keys, as an issuer publishes them (RFC 7517 section 5).
 *
 * <pre>{@code
 * List<VerificationKey> keys = JwkSet.verificationKeys(json);
 * }</pre>
 */
public final class JwkSet {
  static final int MAX_KEYS = 100;

  private JwkSet() {}

  /**
   * Reads the keys that another issuer has published. A member that can't be used is skipped (RFC
   * 7517 section 5): one that is malformed, holds a secret, is for something other than signatures,
   * is of an unknown kind or too weak, or has the same {@code kid} and algorithm as an earlier one.
   * An RSA key that names no {@code alg} is for RS256.
   *
   * @param json the set
   * @return the usable keys in their order, possibly none; several may share a {@code kid}, each
   *     for a different algorithm
   * @throws IllegalArgumentException if it is not a JWK Set, or has more than 100 members
   */
  public static List<VerificationKey> verificationKeys(String json) {
    return PublishedKeys.read(json.getBytes(StandardCharsets.UTF_8), key -> key).keys();
  }

  /** The members of a set, not yet interpreted. */
  static List<JwkFields> members(String json) {
    try {
      return members(StrictJson.read(json.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw malformed();
    }
  }

  /** The members of a set that is part of another object. */
  static List<JwkFields> members(JsonObject set) {
    if (!(set.get("keys") instanceof List<?> keys) || keys.size() > MAX_KEYS) {
      throw malformed();
    }
    List<JwkFields> members = new ArrayList<>();
    for (Object key : keys) {
      if (!(key instanceof JsonObject object)) {
        throw malformed();
      }
      members.add(JwkFields.of(object));
    }
    return members;
  }

  static IllegalArgumentException malformed() {
    return new IllegalArgumentException(
        "A key set must be a JSON object with a list of at most " + MAX_KEYS + " JWKs in 'keys'");
  }

  /**
   * Writes the public parts of keys, for publication.
   *
   * @param keys public keys
   * @return the set
   * @throws IllegalArgumentException if one is a secret
   */
  public static String publicJwkSet(Collection<VerificationKey> keys) {
    return JsonWriter.text(Map.of("keys", keys.stream().map(JwkWriter::publicJwk).toList()));
  }
}
