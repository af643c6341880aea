package dev.sallyport.jwt.refresh;

import java.util.Objects;

/** The result of starting a family. */
public sealed interface JwtLoginResult {
  /**
   * The user is logged in.
   *
   * @param tokens the tokens to hand over right away
   */
  record LoggedIn(TokenPair tokens) implements JwtLoginResult {
    /** Refuses null. */
    public LoggedIn {
      Objects.requireNonNull(tokens, "tokens");
    }
  }

  /** The user already has the maximum number of families, and none may be removed to make room. */
  record TooMany() implements JwtLoginResult {}

  /** The proof that the tokens should have been bound by has been used before. */
  record ProofUsed() implements JwtLoginResult {}

  /**
   * Returns the tokens, for callers that set no limit.
   *
   * @return the tokens to hand over
   * @throws IllegalStateException if there are too many, or the proof has been used before
   */
  default TokenPair orElseThrow() {
    if (this instanceof LoggedIn done) {
      return done.tokens;
    }
    throw new IllegalStateException(
        this instanceof TooMany
            ? "The user has reached the maximum number of logins"
            : "The proof has been used before");
  }
}
