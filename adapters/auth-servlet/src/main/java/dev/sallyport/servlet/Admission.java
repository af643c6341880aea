package dev.sallyport.servlet;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import jakarta.servlet.ServletRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that has been let in. It is kept with the container's own, so that no later dispatch
 * asks for credentials again.
 *
 * @param guard whose request it is
 * @param request the request as it came from the client
 * @param form its body, which the guard may have begun to read
 * @param decision what the guard said; null for a servlet without a guard, where it was not asked
 */
record Admission(
    Guard guard, AuthRequest request, PostedForm form, Decision.@Nullable Proceed decision) {
  private static final String ATTRIBUTE = Admission.class.getName();

  /** That of a request; null if no filter let it in. */
  static @Nullable Admission of(ServletRequest request) {
    GuardedRequest guarded = GuardedRequest.in(request);
    if (guarded != null) {
      return guarded.admission();
    }
    // A dispatch for an error begins with the container's own request.
    return request.getAttribute(ATTRIBUTE) instanceof Admission kept ? kept : null;
  }

  /** That of a request which this guard has seen; null for any other. */
  static @Nullable Admission by(Guard guard, ServletRequest request) {
    Admission admission = of(request);
    return admission != null && admission.guard.chain().equals(guard.chain()) ? admission : null;
  }

  static Admission required(ServletRequest request) {
    Admission admission = of(request);
    if (admission == null) {
      throw new IllegalStateException(
          "No AuthFilter has seen this request: map it to this servlet, before other filters");
    }
    return admission;
  }

  void keepWith(ServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  Optional<Authenticated> who() {
    return decision == null ? Optional.empty() : decision.who();
  }

  /** What the response must carry. */
  List<AuthResponse.Header> headers() {
    return decision == null ? List.of() : decision.headers();
  }

  /** Whether the caller, who is known, may go on. */
  Decision decide(Permission needed) {
    if (decision == null) {
      throw new IllegalStateException(
          "This servlet is without a guard, so nobody knows who the request is from");
    }
    return guard.authorize(request, decision.who(), needed);
  }

  /** Whether the request may go on, after the guard was asked who it is from, if it wasn't yet. */
  Decision ask(Permission needed) {
    return decision == null ? guard.check(request, needed) : decide(needed);
  }

  Admission with(Decision.Proceed said) {
    return decision == null ? new Admission(guard, request, form, said) : this;
  }

  @Override
  public String toString() {
    return "Admission[" + request + ", " + who().map(Object::toString).orElse("anonymous") + "]";
  }
}
