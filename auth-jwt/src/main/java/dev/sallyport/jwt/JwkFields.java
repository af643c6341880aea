package dev.sallyport.jwt;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
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
  private final Map<String, String> texts = new HashMap<>();
  private @Nullable Set<String> operations;

  private JwkFields() {}

  static JwkFields parse(String json) {
    JwkFields fields = new JwkFields();
    try {
      StrictJson.readObject(json.getBytes(StandardCharsets.UTF_8), fields::read);
    } catch (IOException e) {
      throw new IllegalArgumentException("A JWK is one JSON object that has each name once");
    }
    return fields;
  }

  private void read(String name, JsonParser value) throws IOException {
    if (name.equals("key_ops")) {
      operations = operations(value);
    } else if (value.currentToken() == JsonToken.VALUE_STRING) {
      texts.put(name, StrictJson.text(value));
    } else {
      StrictJson.skip(value);
    }
  }

  private static Set<String> operations(JsonParser value) throws IOException {
    Set<String> operations = new HashSet<>();
    if (value.currentToken() != JsonToken.START_ARRAY) {
      throw new IOException("key_ops is no list");
    }
    while (value.nextToken() != JsonToken.END_ARRAY) {
      if (!operations.add(StrictJson.text(value))) {
        throw new IOException("key_ops names one twice");
      }
    }
    return operations;
  }

  @Nullable String text(String name) {
    return texts.get(name);
  }

  boolean has(String name) {
    return texts.containsKey(name);
  }

  String required(String name) {
    String text = texts.get(name);
    if (text == null) {
      throw new IllegalArgumentException("The JWK has no '" + name + "', or it is no string");
    }
    return text;
  }

  byte[] bytes(String name) {
    byte[] bytes = Base64Url.decode(required(name));
    if (bytes == null) {
      throw new IllegalArgumentException("'" + name + "' of the JWK is no base64url");
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

  /** A key for something else than signatures is refused (RFC 7517 sections 4.2 and 4.3). */
  void requireUse(String operation) {
    if (!texts.getOrDefault("use", "sig").equals("sig")) {
      throw new IllegalArgumentException("The JWK is not for signatures");
    }
    if (operations != null && !operations.contains(operation)) {
      throw new IllegalArgumentException("The JWK is not to " + operation);
    }
  }

  @Override
  public String toString() {
    return "JwkFields[hidden]";
  }
}
