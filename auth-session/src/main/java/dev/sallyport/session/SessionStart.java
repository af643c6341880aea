package dev.sallyport.session;

import dev.sallyport.SetCookie;
import dev.sallyport.store.TokenRecord;
import java.util.Objects;

/** How the start of a session ended. */
public sealed interface SessionStart {
  /**
   * There is a session. Send the cookie; {@code toString} hides it and the token.
   *
   * @param record what is kept of the session
   * @param cookie the cookie, which holds the secret
   * @param csrfToken what the site's own pages send in {@code X-CSRF-Token}
   */
  record Started(TokenRecord record, SetCookie cookie, String csrfToken) implements SessionStart {
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

  /** The user has reached the maximum number of sessions, and none is to make room. */
  record TooMany() implements SessionStart {}
}
