package com.example.micronaut;

import dev.sallyport.Authenticated;
import java.security.Principal;

/**
 * Who a request is from, as a controller gets it from its request.
 *
 * @param who all that is known of the caller
 */
public record Caller(Authenticated who) implements Principal {
  @Override
  public String getName() {
    return who.principal().name();
  }
}
