package dev.sallyport.session;

import dev.sallyport.Secret;
import dev.sallyport.SetCookie;
import dev.sallyport.store.TokenRecord;
import java.util.Objects;

/** The outcome of starting a session. */
public sealed interface SessionResult {
  /**
   * The session has begun. Send the cookie; {@code toString} hides it and the token.
   *
   * @param record what is stored of the session
   * @param cookie the cookie, which holds the secret
   * @param csrfToken the token that the site's own pages send in {@code X-CSRF-Token}
   */
  record Started(TokenRecord record, SetCookie cookie, Secret csrfToken) implements SessionResult {
    /** Refuses null. */
    public Started {
      Objects.requireNonNull(record, "record");
      Objects.requireNonNull(cookie, "cookie");
      Objects.requireNonNull(csrfToken, "csrfToken");
    }

    @Override
    public String toString() {
      return "Started[" + record.id() + "]";
    }
  }

  /** The user has reached the maximum number of sessions, and none may make room. */
  record TooMany() implements SessionResult {}
}
