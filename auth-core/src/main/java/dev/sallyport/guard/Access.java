package dev.sallyport.guard;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a {@link Permission} decides about: who wants what, and when. */
public final class Access {
  private final AuthRequest request;
  private final @Nullable Authenticated who;
  private final Clock clock;

  /** Few permissions ask for the time, so it is not read for all. */
  Access(AuthRequest request, @Nullable Authenticated who, Clock clock) {
    this.request = request;
    this.who = who;
    this.clock = clock;
  }

  /**
   * One access, for tests of permissions.
   *
   * @param request the request
   * @param who who it is from; null for an anonymous request
   * @param now the time
   * @return the access
   */
  public static Access of(AuthRequest request, @Nullable Authenticated who, Instant now) {
    return new Access(
        Objects.requireNonNull(request, "request"), who, Clock.fixed(now, ZoneOffset.UTC));
  }

  /** {@return the request} */
  public AuthRequest request() {
    return request;
  }

  /** {@return who is asking; empty for an anonymous request} */
  public Optional<Authenticated> who() {
    return Optional.ofNullable(who);
  }

  /** {@return the time of the guard's clock, read at each call} */
  public Instant now() {
    return clock.instant();
  }
}
