package dev.sallyport.benchmarks.hosts;

import java.util.Locale;

/** How a client says who it is. */
public enum Scheme {
  /** By the cookie of a session. */
  SESSION,
  /** By an opaque token. */
  TOKEN,
  /** By a JWT with an HMAC. */
  JWT_HS256,
  /** By a JWT with an RSA signature. */
  JWT_RS256,
  /** By HTTP Basic. */
  BASIC;

  /** By the name in lower case, with hyphens. */
  static Scheme of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
