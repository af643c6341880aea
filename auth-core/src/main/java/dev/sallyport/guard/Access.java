package dev.sallyport.guard;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a {@link Permission} decides about: who wants what, and when. Immutable. */
public final class Access {
  private final AuthRequest request;
  private final @Nullable Authenticated who;
  private final Instant now;

  Access(AuthRequest request, @Nullable Authenticated who, Instant now) {
    this.request = request;
    this.who = who;
    this.now = now;
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
    return new Access(Objects.requireNonNull(request, "request"), who, now);
  }

  /**
   * What is wanted.
   *
   * @return the request
   */
  public AuthRequest request() {
    return request;
  }

  /**
   * Who wants it.
   *
   * @return the result; empty for an anonymous request
   */
  public Optional<Authenticated> who() {
    return Optional.ofNullable(who);
  }

  /**
   * When.
   *
   * @return the time of the guard's clock
   */
  public Instant now() {
    return now;
  }
}
