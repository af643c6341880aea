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

    /**
     * Who the request is from.
     *
     * @return the result; empty for an anonymous request
     */
    public Optional<Authenticated> who() {
      return Optional.ofNullable(who);
    }

    /**
     * What the host's own answer must carry.
     *
     * @return the header field lines; none for an anonymous request
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
   * @param response the answer
   */
  record Refuse(AuthResponse response) implements Decision {
    /** Refuses null. */
    public Refuse {
      Objects.requireNonNull(response, "response");
    }
  }
}
