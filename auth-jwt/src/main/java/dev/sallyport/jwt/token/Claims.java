package dev.sallyport.jwt.token;

import dev.sallyport.jwt.json.JsonObject;
import dev.sallyport.jwt.json.NumericDate;
import dev.sallyport.jwt.json.StrictJson;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The claims of a token, of which the registered ones (RFC 7519 section 4.1) have their type. */
final class Claims {
  final JsonObject all;
  @Nullable String issuer;
  @Nullable String subject;
  @Nullable String id;
  @Nullable List<String> audience;
  long expiresAt = NumericDate.NONE;
  long notBefore = NumericDate.NONE;
  long issuedAt = NumericDate.NONE;

  private Claims(JsonObject all) throws IOException {
    this.all = all;
    for (int i = 0; i < all.size(); i++) {
      Object value = all.value(i);
      switch (all.name(i)) {
        case "iss" -> issuer = StrictJson.text(value);
        case "sub" -> subject = StrictJson.text(value);
        case "jti" -> id = StrictJson.text(value);
        case "aud" -> audience = audience(value);
        case "exp" -> expiresAt = NumericDate.of(value);
        case "nbf" -> notBefore = NumericDate.of(value);
        case "iat" -> issuedAt = NumericDate.of(value);
        default -> {}
      }
    }
  }

  /**
   * Returns null for anything but one JSON object whose registered claims have their type.
   *
   * @param signed whether the signature has been checked
   */
  static @Nullable Claims parse(byte[] json, boolean signed) {
    try {
      return new Claims(signed ? StrictJson.readSigned(json) : StrictJson.read(json));
    } catch (IOException e) {
      return null;
    }
  }

  /** Returns null if a registered claim has another type than its own. */
  static @Nullable Claims of(JsonObject all) {
    try {
      return new Claims(all);
    } catch (IOException e) {
      return null;
    }
  }

  /** All but the registered ones and those that are null, in an unmodifiable map. */
  Map<String, Object> others() {
    Map<String, Object> there = new HashMap<>();
    for (Map.Entry<String, @Nullable Object> claim : all.entrySet()) {
      if (claim.getValue() != null && !VerifiedJwt.REGISTERED_CLAIMS.contains(claim.getKey())) {
        there.put(claim.getKey(), claim.getValue());
      }
    }
    return Collections.unmodifiableMap(there);
  }

  @SuppressWarnings("unchecked") // each element is checked
  private static List<String> audience(@Nullable Object value) throws IOException {
    if (!(value instanceof List<?> list)) {
      return List.of(StrictJson.text(value));
    }
    for (Object element : list) {
      StrictJson.text(element);
    }
    return (List<String>) list;
  }

  @Override
  public String toString() {
    return "Claims[hidden]";
  }
}
