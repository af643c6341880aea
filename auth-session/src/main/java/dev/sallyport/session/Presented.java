package dev.sallyport.session;

import dev.sallyport.NotAttempted;
import dev.sallyport.issue.Found;
import dev.sallyport.store.TokenRecord;
import java.util.Optional;

/** What the cookie of a request leads to: a live session and its user, or the reason why not. */
record Presented(NotAttempted nothing, String secret, Found found) {
  static final Presented NONE = nothing(NotAttempted.NO_CREDENTIALS);
  static final Presented SEVERAL = nothing(NotAttempted.stale("several_cookies"));
  static final Presented MALFORMED = nothing(NotAttempted.stale("malformed_cookie"));

  private static Presented nothing(NotAttempted reason) {
    return new Presented(reason, "", Found.NOTHING);
  }

  Presented(String secret, Found found) {
    this(found.isLive() ? NotAttempted.NO_CREDENTIALS : found.stale(), secret, found);
  }

  boolean isLive() {
    return found.isLive();
  }

  Optional<TokenRecord> live() {
    return found.isLive() ? Optional.of(found.record()) : Optional.empty();
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "Presented[" + (found.isLive() ? found : nothing) + "]";
  }
}
