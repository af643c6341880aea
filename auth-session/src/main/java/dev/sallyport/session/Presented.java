package dev.sallyport.session;

import dev.sallyport.NotAttempted;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.User;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the cookie of a request leads to: a live session and its user, or the reason why not. */
record Presented(
    NotAttempted nothing, String secret, @Nullable TokenRecord found, @Nullable User user) {
  static final Presented NONE = nothing(NotAttempted.NO_CREDENTIALS);
  static final Presented SEVERAL = stale("several_cookies");
  static final Presented MALFORMED = stale("malformed_cookie");
  static final Presented UNKNOWN = stale("unknown_or_expired");
  static final Presented NO_USER = stale("unknown_user");
  static final Presented DEACTIVATED = stale("user_deactivated");
  static final Presented OLD_EPOCH = stale("old_epoch");

  private static Presented nothing(NotAttempted reason) {
    return new Presented(reason, "", null, null);
  }

  private static Presented stale(String reason) {
    return nothing(NotAttempted.stale(reason));
  }

  static Presented of(String secret, TokenRecord record, User user) {
    return new Presented(NotAttempted.NO_CREDENTIALS, secret, record, user);
  }

  boolean isLive() {
    return found != null;
  }

  Optional<TokenRecord> live() {
    return Optional.ofNullable(found);
  }

  TokenRecord record() {
    return Objects.requireNonNull(found, "no live session");
  }

  User owner() {
    return Objects.requireNonNull(user, "no live session");
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "Presented[" + (found == null ? nothing : found) + "]";
  }
}
