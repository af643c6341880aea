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

  private final Map<String, String> texts = new HashMap<>();
  private @Nullable Set<String> operations;
  private long end = NumericDate.NONE;

  private JwkFields() {}

  static JwkFields parse(String json) {
    JwkFields fields = new JwkFields();
    try {
      StrictJson.readObject(json.getBytes(StandardCharsets.UTF_8), fields::read);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "A JWK is one JSON object that has each name once, and texts for " + TEXTS);
    }
    return fields;
  }

  /** Reads one of several. */
  static JwkFields read(StrictJson object) throws IOException {
    JwkFields fields = new JwkFields();
    object.members(fields::read);
    return fields;
  }

  private void read(String name, StrictJson value) throws IOException {
    if (name.equals("key_ops")) {
      operations = operations(value);
    } else if (name.equals("exp")) {
      end = NumericDate.read(value);
    } else if (value.isText() || TEXTS.contains(name)) {
      texts.put(name, value.text());
    } else {
      value.skip();
    }
  }

  private static Set<String> operations(StrictJson value) throws IOException {
    Set<String> operations = new HashSet<>();
    value.elements(
        element -> {
          if (!operations.add(element.text())) {
            throw new IOException("key_ops names one twice");
          }
        });
    return operations;
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

  /** Whether it is to verify signatures, as far as it says (RFC 7517 sections 4.2 and 4.3). */
  boolean isToVerify() {
    return isForSignatures() && (operations == null || operations.contains("verify"));
  }

  private boolean isForSignatures() {
    return texts.getOrDefault("use", "sig").equals("sig");
  }

  /** A key for something else than signatures is refused (RFC 7517 sections 4.2 and 4.3). */
  void requireUse(String operation) {
    if (!isForSignatures()) {
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
