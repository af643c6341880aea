package dev.sallyport.benchmarks.request;

import jakarta.servlet.http.Cookie;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The header field that says who a request is from.
 *
 * @param header its name
 * @param value its value, as a server has it: bytes
 * @param cookie the cookie that a container reads in it; null if it is another field
 */
record Credential(String header, byte[] value, Cookie cookie) {
  /** The container's own cookie. */
  static final String SESSION_COOKIE = "JSESSIONID";

  static Credential basic(String name, String password) {
    byte[] pair = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    return authorization("Basic " + Base64.getEncoder().encodeToString(pair));
  }

  static Credential bearer(String token) {
    return authorization("Bearer " + token);
  }

  static Credential cookie(String name, String value) {
    return new Credential("Cookie", bytes(name + "=" + value), new Cookie(name, value));
  }

  private static Credential authorization(String value) {
    return new Credential("Authorization", bytes(value), null);
  }

  private static byte[] bytes(String value) {
    return value.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A new string for each request, as a server makes it. */
  String text() {
    return new String(value, StandardCharsets.ISO_8859_1);
  }
}
