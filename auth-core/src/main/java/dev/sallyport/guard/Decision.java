package dev.sallyport.guard;

import dev.sallyport.Authenticated;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the guard says: go on, or answer this. */
public sealed interface Decision {
  /** The request may go on. */
  final class Proceed implements Decision {
    static final Proceed ANONYMOUS = new Proceed(null);

    private static final List<AuthResponse.Header> NO_STORE = List.of(AuthResponse.Header.NO_STORE);

    private final @Nullable Authenticated who;

    Proceed(@Nullable Authenticated who) {
      this.who = who;
    }

    /** {@return who the request is from; empty for an anonymous request} */
    public Optional<Authenticated> who() {
      return Optional.ofNullable(who);
    }

    /**
     * {@return the header field lines that the host's own answer must carry; none for an anonymous
     * request}
     */
    public List<AuthResponse.Header> headers() {
      return who == null ? List.of() : NO_STORE;
    }

    @Override
    public String toString() {
      return "Proceed[" + (who == null ? "anonymous" : who) + "]";
    }
  }

  /**
   * The request is refused.
   *
   * @param problem why: its status, code, challenges and wait, for a host that doesn't speak HTTP
   */
  record Refuse(Problem problem) implements Decision {
    /** Rejects null. */
    public Refuse {
      Objects.requireNonNull(problem, "problem");
    }

    /** {@return the whole response, for a host that does} */
    public AuthResponse response() {
      return problem.toResponse();
    }
  }
}
