package dev.sallyport.token;

import dev.sallyport.SetCookie;
import dev.sallyport.store.TokenRecord;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** How the making of a token ended. */
public sealed interface Issuance {
  /**
   * There is a token. Nobody can tell it a second time: the store has its SHA-256 only. {@code
   * toString} hides it.
   *
   * @param record what is kept of it
   * @param token the token itself
   * @param cookie the cookie to send it in; empty unless tokens are delivered so
   */
  record Issued(TokenRecord record, String token, Optional<SetCookie> cookie) implements Issuance {
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

  /** The user has reached the maximum number of tokens, and none is to make room. */
  record TooMany() implements Issuance {}

  /**
   * The token would have had scopes that the one it is made with has not.
   *
   * @param scopes these scopes
   */
  record TooBroad(Set<String> scopes) implements Issuance {
    /** Copies. */
    public TooBroad {
      scopes = Set.copyOf(scopes);
    }
  }

  /**
   * The token was asked to outlive the credential that it would have been made with. The user has
   * to prove themselves anew for that.
   *
   * @param latest when the token may end at the latest
   */
  record TooLong(Instant latest) implements Issuance {
    /** Refuses null. */
    public TooLong {
      Objects.requireNonNull(latest, "latest");
    }
  }

  /**
   * The token, for callers that know of no limit.
   *
   * @return what was issued
   * @throws IllegalStateException if nothing was
   */
  default Issued orElseThrow() {
    if (this instanceof Issued issued) {
      return issued;
    }
    throw new IllegalStateException("No token was issued: " + this);
  }
}
