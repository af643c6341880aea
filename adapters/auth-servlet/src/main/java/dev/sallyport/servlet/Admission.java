package dev.sallyport.servlet;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.http.RequestBody;
import jakarta.servlet.ServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the guard has found out about a request that it let in. It is kept with the request, so that
 * no later dispatch asks for credentials again.
 *
 * @param guard who let it in
 * @param request the request as it came from the client
 * @param body its body, which the guard may have begun to read
 * @param who the caller
 * @param permission what the first servlet needed
 */
record Admission(
    Guard guard,
    AuthRequest request,
    RequestBody body,
    Optional<Authenticated> who,
    Permission permission) {
  private static final String ATTRIBUTE = Admission.class.getName();

  /** That of a request; null if no filter let it in. */
  static @Nullable Admission of(ServletRequest request) {
    GuardedRequest guarded = GuardedRequest.in(request);
    // A dispatch for an error begins with the container's own request.
    return guarded == null ? (Admission) request.getAttribute(ATTRIBUTE) : guarded.admission();
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

  boolean isBy(Guard other) {
    return guard.chain() == other.chain();
  }

  Decision decide(Permission needed) {
    return guard.authorize(request, who, needed);
  }

  @Override
  public String toString() {
    return "Admission[" + request + ", " + who.map(Object::toString).orElse("anonymous") + "]";
  }
}
