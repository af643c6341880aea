package dev.sallyport.issue;

import dev.sallyport.NotAttempted;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.User;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What was found by a secret. Immutable. */
public final class Found {
  /** There is nothing that could be looked up. */
  public static final Found NOTHING = new Found(Standing.UNKNOWN);

  private static final Found NO_USER = new Found(Standing.NO_USER);
  private static final Found DEACTIVATED = new Found(Standing.DEACTIVATED);
  private static final Found OLD_EPOCH = new Found(Standing.OLD_EPOCH);

  private final Standing standing;
  private final @Nullable TokenRecord record;
  private final @Nullable User user;
  private final @Nullable NotAttempted stale;

  private Found(Standing standing) {
    this.standing = standing;
    this.record = null;
    this.user = null;
    this.stale = NotAttempted.stale(standing.reason());
  }

  private Found(TokenRecord record, User user) {
    this.standing = Standing.LIVE;
    this.record = record;
    this.user = user;
    this.stale = null;
  }

  static Found live(TokenRecord record, User user) {
    return new Found(record, user);
  }

  static Found dead(Standing standing) {
    return switch (standing) {
      case UNKNOWN -> NOTHING;
      case NO_USER -> NO_USER;
      case DEACTIVATED -> DEACTIVATED;
      case OLD_EPOCH -> OLD_EPOCH;
      case LIVE ->
          throw new IllegalArgumentException("A live token needs both a record and a user");
    };
  }

  /**
   * What it is worth.
   *
   * @return {@link Standing#LIVE}, or why it is worth nothing
   */
  public Standing standing() {
    return standing;
  }

  /**
   * Whether it is good.
   *
   * @return true if there are a record and a user
   */
  public boolean isLive() {
    return standing == Standing.LIVE;
  }

  /**
   * The record.
   *
   * @return the record
   * @throws NullPointerException if it is not live
   */
  public TokenRecord record() {
    return Objects.requireNonNull(record, "not live");
  }

  /**
   * Whose it is.
   *
   * @return the user as read together with the record
   * @throws NullPointerException if it is not live
   */
  public User user() {
    return Objects.requireNonNull(user, "not live");
  }

  /**
   * What a cookie counts as that is worth nothing.
   *
   * @return a constant
   * @throws NullPointerException if it is live
   */
  public NotAttempted stale() {
    return Objects.requireNonNull(stale, "live");
  }

  @Override
  public String toString() {
    return "Found[" + (record == null ? standing : record) + "]";
  }
}
