package dev.sallyport.basic;

import dev.sallyport.password.Password;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The username and password of one request; {@code toString} shows only the name. */
final class BasicCredentials {
  private final String username;
  private final Password password;

  private BasicCredentials(String username, Password password) {
    this.username = username;
    this.password = password;
  }

  /**
   * Reads what follows the scheme: canonical base64 (RFC 4648 section 3.5) of strict UTF-8, split
   * at the first colon (RFC 7617 section 2). Null if it is anything else, or if the name or the
   * password is empty or contains a control character.
   */
  static @Nullable BasicCredentials parse(String token68) {
    byte[] bytes = decode(token68);
    String text = bytes == null ? null : utf8(bytes);
    if (text == null) {
      return null;
    }
    int colon = text.indexOf(':');
    if (colon <= 0 || colon == text.length() - 1 || hasControl(text)) {
      return null;
    }
    return new BasicCredentials(text.substring(0, colon), Password.of(text.substring(colon + 1)));
  }

  /** The JDK's decoder tolerates missing padding and stray bits, so they are checked first. */
  private static byte @Nullable [] decode(String token68) {
    if (token68.isEmpty() || token68.length() % 4 != 0 || hasStrayBits(token68)) {
      return null;
    }
    try {
      return Base64.getDecoder().decode(token68);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The last character before the padding has unused bits, which must be zero. */
  private static boolean hasStrayBits(String token68) {
    int padding = token68.endsWith("==") ? 2 : token68.endsWith("=") ? 1 : 0;
    String zeroBits = padding == 2 ? "AQgw" : "AEIMQUYcgkosw048";
    return padding > 0 && zeroBits.indexOf(token68.charAt(token68.length() - 1 - padding)) < 0;
  }

  /** The JDK replaces malformed input by U+FFFD; if there is none, the input was well-formed. */
  private static @Nullable String utf8(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') < 0) {
      return text;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** RFC 5234 CTL, which RFC 7617 section 2 forbids. */
  private static boolean hasControl(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) == 0x7F) {
        return true;
      }
    }
    return false;
  }

  String username() {
    return username;
  }

  Password password() {
    return password;
  }

  @Override
  public String toString() {
    return "BasicCredentials[" + username + "]";
  }
}
