package dev.sallyport;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One {@code Set-Cookie} field (RFC 6265bis section 4.1). What browsers refuse and what is unsafe
 * can't be built: every cookie is {@code HttpOnly} and for this host only, and its name says by a
 * prefix that it is {@code Secure}; the one exception is made for development and named so.
 *
 * <p>{@code toString} hides the value; {@link #header} is what goes into the answer. Immutable.
 *
 * <pre>{@code
 * response.addHeader("Set-Cookie", cookie.header());
 * }</pre>
 */
public final class SetCookie {
  /** When a browser sends the cookie with a request that another site's page has made. */
  public enum SameSite {
    /** When the user follows a link. */
    LAX("Lax"),
    /** Never. */
    STRICT("Strict");

    private final String value;

    SameSite(String value) {
      this.value = value;
    }
  }

  private static final int MAX_BYTES = 4096;

  /** Browsers ignore a longer attribute, so a different path would apply. */
  private static final int MAX_PATH = 1024;

  private static final String HOST_PREFIX = "__Host-";
  private static final String SECURE_PREFIX = "__Secure-";

  private final String name;
  private final String value;
  private final String path;
  private final boolean secure;
  private final SameSite sameSite;
  private final @Nullable Duration maxAge;

  private SetCookie(
      String name,
      String value,
      String path,
      boolean secure,
      SameSite sameSite,
      @Nullable Duration maxAge) {
    this.name = name;
    this.value = value;
    this.path = path;
    this.secure = secure;
    this.sameSite = sameSite;
    this.maxAge = maxAge;
  }

  /**
   * A cookie for all of this host, and for no other: {@code Path=/} and {@code SameSite=Lax}, until
   * the browser is closed.
   *
   * @param name a name that begins with {@code __Host-}
   * @param value the value
   * @return the cookie
   * @throws IllegalArgumentException if the name has another prefix, or either has a character that
   *     isn't allowed
   */
  public static SetCookie forHost(String name, String value) {
    requirePrefix(name, HOST_PREFIX);
    return new SetCookie(name, checked(name, value), "/", true, SameSite.LAX, null);
  }

  /**
   * A cookie for one path of this host: {@code SameSite=Strict}, until the browser is closed.
   *
   * @param name a name that begins with {@code __Secure-}
   * @param value the value
   * @param path the path, which begins with a slash
   * @return the cookie
   * @throws IllegalArgumentException if the name has another prefix, or any of them has a character
   *     that isn't allowed
   */
  public static SetCookie forPath(String name, String value, String path) {
    requirePrefix(name, SECURE_PREFIX);
    if (!path.startsWith("/") || path.indexOf(';') >= 0 || !isPrintable(path)) {
      throw new IllegalArgumentException(
          "A cookie's path must begin with / and contain no ; or control");
    }
    if (path.length() > MAX_PATH) {
      throw new IllegalArgumentException("A cookie's path can have at most " + MAX_PATH + " bytes");
    }
    return new SetCookie(name, checked(name, value), path, true, SameSite.STRICT, null);
  }

  /**
   * A cookie that goes over plain HTTP, for development on this machine. Nothing protects it.
   *
   * @param name a name without a prefix that browsers know
   * @param value the value
   * @return the cookie
   * @throws IllegalArgumentException if the name has such a prefix, or either has a character that
   *     isn't allowed
   */
  public static SetCookie insecureForDevelopment(String name, String value) {
    if (Ascii.startsWithIgnoreCase(name, "__")) {
      throw new IllegalArgumentException(
          "A prefix such as __Host- needs Secure, or browsers refuse the cookie");
    }
    return new SetCookie(name, checked(name, value), "/", false, SameSite.LAX, null);
  }

  private static void requirePrefix(String name, String prefix) {
    if (!name.startsWith(prefix) || name.length() == prefix.length()) {
      throw new IllegalArgumentException("The cookie's name must begin with " + prefix);
    }
  }

  private static String checked(String name, String value) {
    if (!Ascii.isToken(name)) {
      throw new IllegalArgumentException("A cookie's name must be a token of RFC 9110");
    }
    Objects.requireNonNull(value, "value");
    for (int i = 0; i < value.length(); i++) {
      if (!isValueChar(value.charAt(i))) {
        throw new IllegalArgumentException(
            "The value of the cookie '" + name + "' has a forbidden character at index " + i);
      }
    }
    if (name.length() + value.length() > MAX_BYTES) {
      throw new IllegalArgumentException(
          "The cookie '" + name + "' is longer than the " + MAX_BYTES + " bytes of a browser");
    }
    return value;
  }

  /** A cookie-octet of RFC 6265bis section 4.1.1. */
  private static boolean isValueChar(char c) {
    return c > ' ' && c <= '~' && c != '"' && c != ',' && c != ';' && c != '\\';
  }

  private static boolean isPrintable(String text) {
    return text.chars().allMatch(c -> c > ' ' && c <= '~');
  }

  /**
   * The same cookie, made to outlive the browser.
   *
   * @param maxAge how long, in whole seconds, at least one
   * @return a new cookie
   * @throws IllegalArgumentException if it is less than a second
   */
  public SetCookie lasting(Duration maxAge) {
    if (maxAge.toSeconds() < 1) {
      throw new IllegalArgumentException("A lasting cookie must last at least one second");
    }
    return new SetCookie(name, value, path, secure, sameSite, maxAge);
  }

  /**
   * {@return a new cookie that makes the browser forget this one: the same name, path and flags, no
   * value, and {@code Max-Age=0}}
   */
  public SetCookie expired() {
    return new SetCookie(name, "", path, secure, sameSite, Duration.ZERO);
  }

  /** {@return the name} */
  public String name() {
    return name;
  }

  /** {@return the value, which is the issuer's secret} */
  public String value() {
    return value;
  }

  /**
   * {@return the value of the field line, for example {@code __Host-session=…; Path=/; Secure;
   * HttpOnly; SameSite=Lax}} It holds the secret: put it into the answer and nowhere else.
   */
  public String header() {
    return line(value);
  }

  private String line(String shown) {
    return name
        + "="
        + shown
        + "; Path="
        + path
        + (maxAge == null ? "" : "; Max-Age=" + maxAge.toSeconds())
        + (secure ? "; Secure" : "")
        + "; HttpOnly; SameSite="
        + sameSite.value;
  }

  @Override
  public String toString() {
    return line("[hidden]");
  }
}
