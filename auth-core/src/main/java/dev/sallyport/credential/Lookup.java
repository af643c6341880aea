package dev.sallyport.credential;

import dev.sallyport.NotAttempted;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.User;
import java.util.Objects;
import java.util.Optional;

/** What was found by a secret. */
public sealed interface Lookup {
  /** There is no such record of that kind, or it has expired. */
  Lookup UNKNOWN = new Dead("unknown_or_expired");

  /** Its user is gone. */
  Lookup NO_USER = new Dead("unknown_user");

  /** Its user is deactivated. */
  Lookup DEACTIVATED = new Dead("user_deactivated");

  /** Its user has ended all that was issued before. */
  Lookup OLD_EPOCH = new Dead("old_epoch");

  /** {@return the record and its user, if it is good} */
  default Optional<Live> live() {
    return this instanceof Live live ? Optional.of(live) : Optional.empty();
  }

  /**
   * It is good.
   *
   * @param record the record
   * @param user whose it is, as read together with the record
   */
  record Live(TokenRecord record, User user) implements Lookup {
    /** Rejects null. */
    public Live {
      Objects.requireNonNull(record, "record");
      Objects.requireNonNull(user, "user");
    }
  }

  /** It is worth nothing. All of these read alike to a client. */
  final class Dead implements Lookup {
    private final NotAttempted stale;

    private Dead(String reason) {
      stale = NotAttempted.stale(reason);
    }

    /** {@return why, for events and the trace: a stable name in snake_case} */
    public String reason() {
      return stale.reason();
    }

    /** {@return what a cookie counts as that leads here} */
    public NotAttempted stale() {
      return stale;
    }

    @Override
    public String toString() {
      return "Dead[" + reason() + "]";
    }
  }
}
