package dev.sallyport.jwt;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a token, read in one pass and judged by nobody yet (RFC 7519 section 4). Times are
 * whole seconds.
 */
final class Claims implements StrictJson.Member {
  /** The names of RFC 7519 section 4.1, which have a field each. */
  static final Set<String> REGISTERED = Set.of("iss", "sub", "aud", "exp", "nbf", "iat", "jti");

  @Nullable String issuer;
  @Nullable String subject;
  @Nullable String id;
  @Nullable List<String> audience;
  long expiresAt = NumericDate.NONE;
  long notBefore = NumericDate.NONE;
  long issuedAt = NumericDate.NONE;
  final Map<String, @Nullable Object> others = new HashMap<>();
  private boolean hasNull;

  /** How many objects the others are made of. */
  int values;

  private Claims() {}

  /**
   * Null for what is no JSON object, or has a registered claim of another type.
   *
   * @param ours whether it is known to have been written here
   */
  static @Nullable Claims parse(byte[] json, boolean ours) {
    Claims claims = new Claims();
    try {
      claims.values =
          ours ? StrictJson.readOurs(json, claims) : StrictJson.readObject(json, claims);
    } catch (IOException e) {
      return null;
    }
    if (claims.hasNull) {
      claims.others.values().removeIf(Objects::isNull);
    }
    return claims;
  }

  @Override
  public void read(String name, StrictJson value) throws IOException {
    switch (name) {
      case "iss" -> issuer = once(issuer, value.text());
      case "sub" -> subject = once(subject, value.text());
      case "jti" -> id = once(id, value.text());
      case "aud" -> audience = once(audience, audience(value));
      default -> readTime(name, value);
    }
  }

  // One method for all names would be too large for the JIT compiler to inline.
  private void readTime(String name, StrictJson value) throws IOException {
    switch (name) {
      case "exp" -> expiresAt = once(expiresAt, NumericDate.read(value));
      case "nbf" -> notBefore = once(notBefore, NumericDate.read(value));
      case "iat" -> issuedAt = once(issuedAt, NumericDate.read(value));
      default -> readOther(name, value);
    }
  }

  private void readOther(String name, StrictJson value) throws IOException {
    Object other = value.value();
    hasNull = hasNull || other == null;
    StrictJson.putOnce(others, name, other);
  }

  private static <T> T once(@Nullable T former, T value) throws IOException {
    if (former != null) {
      throw new IOException("a claim stands twice");
    }
    return value;
  }

  private static long once(long former, long value) throws IOException {
    if (former != NumericDate.NONE) {
      throw new IOException("a claim stands twice");
    }
    return value;
  }

  private static List<String> audience(StrictJson value) throws IOException {
    if (value.isText()) {
      return List.of(value.text());
    }
    List<String> audience = new ArrayList<>();
    value.elements(element -> audience.add(element.text()));
    return Collections.unmodifiableList(audience);
  }

  @Override
  public String toString() {
    return "Claims[hidden]";
  }
}
