package dev.sallyport.jwt;

import java.util.Objects;

/** How the start of a family ended. */
public sealed interface JwtLogin {
  /**
   * The user is logged in.
   *
   * @param tokens what to hand over, now
   */
  record LoggedIn(TokenPair tokens) implements JwtLogin {
    /** Refuses null. */
    public LoggedIn {
      Objects.requireNonNull(tokens, "tokens");
    }
  }

  /** The user has as many families as there may be, and none is to make room. */
  record TooMany() implements JwtLogin {}

  /**
   * The tokens, for callers that know of no limit.
   *
   * @return what to hand over
   * @throws IllegalStateException if there are too many
   */
  default TokenPair orElseThrow() {
    if (this instanceof LoggedIn done) {
      return done.tokens;
    }
    throw new IllegalStateException("The user has reached the maximum number of logins");
  }
}
