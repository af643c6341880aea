package dev.sallyport.servlet;

import dev.sallyport.Principal;

/** The caller as the servlet API knows one. */
record NamedPrincipal(Principal principal) implements java.security.Principal {
  @Override
  public String getName() {
    return principal.name();
  }

  @Override
  public String toString() {
    return principal.name();
  }
}
