package dev.sallyport.webflux;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/**
 * A request that has been let in, kept in its exchange, so that nobody asks for credentials again.
 */
record Admission(Guard guard, AuthRequest request, Optional<Authenticated> who) {
  private static final String ATTRIBUTE = Admission.class.getName();

  static @Nullable Admission of(ServerWebExchange exchange) {
    return exchange.getAttribute(ATTRIBUTE);
  }

  static Admission required(ServerWebExchange exchange) {
    Admission admission = of(exchange);
    if (admission == null) {
      throw new IllegalStateException(
          "No AuthWebFilter has let this request in: register one, before other filters");
    }
    return admission;
  }

  void keepIn(ServerWebExchange exchange) {
    exchange.getAttributes().put(ATTRIBUTE, this);
    who.ifPresent(caller -> exchange.getAttributes().put(AuthWebFilter.ATTRIBUTE, caller));
  }

  /** Whether the caller, who is known, may go on. */
  Decision decide(Permission needed) {
    return guard.authorize(request, who, needed);
  }

  @Override
  public String toString() {
    return "Admission[" + request + ", " + who.map(Object::toString).orElse("anonymous") + "]";
  }
}
