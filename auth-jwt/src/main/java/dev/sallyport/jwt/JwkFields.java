package dev.sallyport.jwt;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members of a JSON Web Key (RFC 7517 section 4). {@code toString} shows none. */
final class JwkFields {
  private static final Set<String> TEXTS = Set.of("kty", "alg", "use", "kid", "crv");

  /** Members that only a private or symmetric key has (RFC 7518 section 6). */
  private static final Set<String> SECRETS = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

  private final Map<String, String> texts = new HashMap<>();
  private boolean secret;
  private @Nullable Set<String> operations;
  private long end = NumericDate.NONE;

  /** Reads a whole text; after an error, what was read before it is kept. */
  void parse(String json) {
    try {
      StrictJson.readObject(json.getBytes(StandardCharsets.UTF_8), this::read);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "A JWK must be a single JSON object without duplicate names");
    }
  }

  static JwkFields of(String json) {
    JwkFields fields = new JwkFields();
    fields.parse(json);
    return fields;
  }

  /** Reads one JWK of several. */
  static JwkFields read(StrictJson object) throws IOException {
    JwkFields fields = new JwkFields();
    object.members(fields::read);
    return fields;
  }

  private void read(String name, StrictJson value) throws IOException {
    secret |= SECRETS.contains(name);
    if (name.equals("key_ops")) {
      operations = operations(value);
    } else if (name.equals("exp")) {
      end = date(value);
    } else if (value.isText()) {
      texts.put(name, value.text());
    } else if (TEXTS.contains(name)) {
      throw new IllegalArgumentException("'" + name + "' of the JWK is not a string");
    } else {
      value.skip();
    }
  }

  private static long date(StrictJson value) {
    try {
      return NumericDate.read(value);
    } catch (IOException e) {
      throw new IllegalArgumentException("'exp' of the JWK is not a date");
    }
  }

  private static Set<String> operations(StrictJson value) {
    Set<String> operations = new HashSet<>();
    try {
      value.elements(
          element -> {
            if (!operations.add(element.text())) {
              throw new IOException("one appears twice");
            }
          });
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "'key_ops' of the JWK must be an array of distinct strings");
    }
    return operations;
  }

  /** Whether it has members that a public key doesn't have, or is symmetric. */
  boolean isSecret() {
    return secret || "oct".equals(texts.get("kty"));
  }

  @Nullable String text(String name) {
    return texts.get(name);
  }

  /** Its {@code exp} in seconds; {@link NumericDate#NONE} if it has none. */
  long end() {
    return end;
  }

  String required(String name) {
    String text = texts.get(name);
    if (text == null) {
      throw new IllegalArgumentException("The JWK has no '" + name + "', or it is not a string");
    }
    return text;
  }

  byte[] bytes(String name) {
    byte[] bytes = Base64Url.decode(required(name));
    if (bytes == null) {
      throw new IllegalArgumentException("'" + name + "' of the JWK is not base64url");
    }
    return bytes;
  }

  byte[] bytes(String name, int length) {
    byte[] bytes = bytes(name);
    if (bytes.length != length) {
      throw new IllegalArgumentException(
          "'" + name + "' of the JWK has " + bytes.length + " bytes, not " + length);
    }
    return bytes;
  }

  BigInteger number(String name) {
    return new BigInteger(1, bytes(name));
  }

  BigInteger number(String name, int length) {
    return new BigInteger(1, bytes(name, length));
  }

  /** Refuses a key that is for anything other than signatures (RFC 7517 sections 4.2 and 4.3). */
  void requireUse(String operation) {
    if (!texts.getOrDefault("use", "sig").equals("sig")) {
      throw new IllegalArgumentException("The JWK is not for signatures");
    }
    if (operations != null && !operations.contains(operation)) {
      throw new IllegalArgumentException("The 'key_ops' of the JWK do not include " + operation);
    }
  }

  @Override
  public String toString() {
    return "JwkFields[hidden]";
  }
}
