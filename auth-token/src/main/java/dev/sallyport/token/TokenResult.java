package dev.sallyport.token;

import dev.sallyport.Secret;
import dev.sallyport.SetCookie;
import dev.sallyport.store.TokenRecord;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The outcome of issuing a token. */
public sealed interface TokenResult {
  /**
   * The token was issued. It can't be shown again: the store has only its SHA-256. {@code toString}
   * hides it.
   *
   * @param record what is stored of it
   * @param token the token itself
   * @param cookie the cookie to send it in; empty if tokens are not delivered in a cookie
   */
  record Issued(TokenRecord record, Secret token, Optional<SetCookie> cookie)
      implements TokenResult {
    /** Refuses null. */
    public Issued {
      Objects.requireNonNull(record, "record");
      Objects.requireNonNull(token, "token");
      Objects.requireNonNull(cookie, "cookie");
    }

    @Override
    public String toString() {
      return "Issued[" + record.id() + "]";
    }
  }

  /** The user has reached the maximum number of tokens, and none may make room. */
  record TooMany() implements TokenResult {}

  /**
   * The token would have had scopes that the caller's credential lacks.
   *
   * @param scopes these scopes
   */
  record TooBroad(Set<String> scopes) implements TokenResult {
    /** Copies the set. */
    public TooBroad {
      scopes = Set.copyOf(scopes);
    }
  }

  /**
   * The token would have outlived the caller's credential. That takes a new login.
   *
   * @param latest the latest time at which the token may end
   */
  record TooLong(Instant latest) implements TokenResult {
    /** Refuses null. */
    public TooLong {
      Objects.requireNonNull(latest, "latest");
    }
  }

  /**
   * The token, for callers that expect no limit.
   *
   * @return the issued token
   * @throws IllegalStateException if none was issued
   */
  default Issued orElseThrow() {
    if (this instanceof Issued issued) {
      return issued;
    }
    throw new IllegalStateException("No token was issued: " + this);
  }
}
