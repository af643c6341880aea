package com.example.apikey;

import dev.sallyport.Principal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The known keys, as hashes: whoever reads the settings can't use them. A key is 256 random bits,
 * so one round of SHA-256 is enough.
 */
public final class ApiKeys {
  private static final Pattern ENTRY = Pattern.compile("([a-z][a-z0-9-]{0,62}):([0-9a-f]{64})");

  private final Map<String, Principal> byHash;

  private ApiKeys(Map<String, Principal> byHash) {
    this.byHash = Map.copyOf(byHash);
  }

  /**
   * Reads entries of the form {@code client:hash}.
   *
   * @param entries the entries
   * @return the keys
   * @throws IllegalArgumentException if an entry has another form or a client or hash appears twice
   */
  public static ApiKeys parse(List<String> entries) {
    Map<String, Principal> byHash = new HashMap<>();
    for (String entry : entries) {
      Matcher matcher = ENTRY.matcher(entry);
      if (!matcher.matches()) {
        throw new IllegalArgumentException("An entry is client:sha256-in-hex");
      }
      Principal client = new Principal("api-key:" + matcher.group(1), matcher.group(1), Set.of());
      if (byHash.containsValue(client) || byHash.put(matcher.group(2), client) != null) {
        throw new IllegalArgumentException("A client or a hash appears twice");
      }
    }
    return new ApiKeys(byHash);
  }

  /**
   * Makes a key. Give it to the client, and put its {@link #hash} in the settings.
   *
   * @param random the source of randomness
   * @return 43 characters of base64url
   */
  public static String generate(SecureRandom random) {
    byte[] bits = new byte[32];
    random.nextBytes(bits);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
  }

  /**
   * Hashes a key for the settings.
   *
   * @param key the key
   * @return SHA-256 in hex
   */
  public static String hash(String key) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java runtime has no SHA-256", e);
    }
  }

  /**
   * Finds the client that a key belongs to.
   *
   * @param key the key as the client sent it
   * @return the client, if the key is known
   */
  public Optional<Principal> find(String key) {
    return Optional.ofNullable(byHash.get(hash(key)));
  }

  @Override
  public String toString() {
    return "ApiKeys[" + byHash.size() + "]";
  }
}
