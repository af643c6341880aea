package dev.sallyport.jwt.key;

import dev.sallyport.jwt.json.Base64Url;
import dev.sallyport.jwt.json.JsonObject;
import dev.sallyport.jwt.json.NumericDate;
import dev.sallyport.jwt.json.StrictJson;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members of a JSON Web Key (RFC 7517 section 4). {@code toString} shows none. */
final class JwkFields {
  private static final Set<String> TEXTS = Set.of("kty", "alg", "use", "kid", "crv");

  /** Members that only a private or symmetric key has (RFC 7518 section 6, RFC 9964). */
  private static final Set<String> SECRETS =
      Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv");

  private final JsonObject members;
  private final @Nullable List<?> operations;
  private final long end;

  private JwkFields(JsonObject members) {
    this.members = members;
    for (String name : TEXTS) {
      if (members.containsKey(name) && members.text(name) == null) {
        throw new IllegalArgumentException("'" + name + "' of the JWK is not a string");
      }
    }
    operations = members.containsKey("key_ops") ? operations(members.get("key_ops")) : null;
    end = members.containsKey("exp") ? date(members.get("exp")) : NumericDate.NONE;
  }

  /** Reads the members of one JWK. */
  static JwkFields of(JsonObject members) {
    return new JwkFields(members);
  }

  static JwkFields of(String json) {
    return of(object(json));
  }

  static JsonObject object(String json) {
    try {
      return StrictJson.read(json.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "A JWK must be a single JSON object without duplicate names");
    }
  }

  private static long date(@Nullable Object value) {
    try {
      return NumericDate.of(value);
    } catch (IOException e) {
      throw new IllegalArgumentException("'exp' of the JWK is not a date");
    }
  }

  private static List<?> operations(@Nullable Object value) {
    if (value instanceof List<?> operations
        && operations.stream().allMatch(String.class::isInstance)
        && operations.stream().distinct().count() == operations.size()) {
      return operations;
    }
    throw new IllegalArgumentException("'key_ops' of the JWK must be an array of distinct strings");
  }

  /** Whether it has members that a public key doesn't have, or is symmetric. */
  boolean isSecret() {
    return !Collections.disjoint(members.keySet(), SECRETS) || "oct".equals(text("kty"));
  }

  @Nullable String text(String name) {
    return members.text(name);
  }

  /** Its {@code exp} in seconds; {@link NumericDate#NONE} if it has none. */
  long end() {
    return end;
  }

  String required(String name) {
    String text = members.text(name);
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
    if (!Objects.requireNonNullElse(text("use"), "sig").equals("sig")) {
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
