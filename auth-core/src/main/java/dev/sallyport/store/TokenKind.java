package dev.sallyport.store;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What a {@link TokenRecord} is of. Whoever looks a record up names its kind, so that none passes
 * for another: a reset code is no session, and a token no cookie.
 */
public enum TokenKind {
  /** A session, whose secret is in a cookie. */
  SESSION,
  /** An opaque token. */
  TOKEN,
  /** A family of refresh tokens. */
  FAMILY,
  /** A code that resets a password. It stands in no list. */
  RESET;

  /** {@return its name in answers and events, for example {@code session}} */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** {@return a new set of all kinds, for ending everything} */
  public static Set<TokenKind> all() {
    return EnumSet.allOf(TokenKind.class);
  }
}
