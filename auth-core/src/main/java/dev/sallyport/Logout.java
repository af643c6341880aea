package dev.sallyport;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a scheme has to do for a logout. It is planned for all schemes of a chain before any of it
 * is carried out, so that a request that one of them refuses ends nothing.
 */
public final class Logout {
  private static final Logout NOTHING = new Logout(null, () -> {}, List.of());

  private final @Nullable Rejected refusal;
  private final Runnable work;
  private final List<SetCookie> cookies;

  private Logout(@Nullable Rejected refusal, Runnable work, List<SetCookie> cookies) {
    this.refusal = refusal;
    this.work = Objects.requireNonNull(work, "work");
    this.cookies = List.copyOf(cookies);
  }

  /**
   * The request must not end anything: another site's page may have sent it, or it came without
   * TLS.
   *
   * @param refusal why
   * @return the plan
   */
  public static Logout refused(Rejected refusal) {
    return new Logout(Objects.requireNonNull(refusal, "refusal"), () -> {}, List.of());
  }

  /**
   * There is nothing to end.
   *
   * @param cookies what the client should forget anyway
   * @return the plan
   */
  public static Logout nothing(SetCookie... cookies) {
    return cookies.length == 0 ? NOTHING : new Logout(null, () -> {}, List.of(cookies));
  }

  /**
   * Something will be ended.
   *
   * @param work ends it; does nothing if it has ended in the meantime
   * @param cookies what the client should forget
   * @return the plan
   */
  public static Logout of(Runnable work, SetCookie... cookies) {
    return new Logout(null, work, List.of(cookies));
  }

  /** {@return the reason why nothing may be ended; empty if the plan can be carried out} */
  public Optional<Rejected> refusal() {
    return Optional.ofNullable(refusal);
  }

  /**
   * Ends what is to be ended, before the answer says so.
   *
   * @throws StoreUnavailableException if a store could not answer
   */
  public void carryOut() {
    work.run();
  }

  /** {@return the cookies that the answer must carry to make the client forget; possibly none} */
  public List<SetCookie> cookies() {
    return cookies;
  }
}
