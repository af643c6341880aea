package com.example.jaxrs;

import dev.sallyport.Authenticated;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who a request is from, as a resource gets it from its {@code SecurityContext}.
 *
 * @param who all that is known of the caller
 */
public record CallerPrincipal(Authenticated who) implements Principal {
  static @Nullable CallerPrincipal of(Optional<Authenticated> who) {
    return who.map(CallerPrincipal::new).orElse(null);
  }

  @Override
  public String getName() {
    return who.principal().name();
  }
}
