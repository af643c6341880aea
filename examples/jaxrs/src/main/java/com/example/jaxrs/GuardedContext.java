package com.example.jaxrs;

import jakarta.ws.rs.core.SecurityContext;
import org.jspecify.annotations.Nullable;

/** The caller in the idiom of JAX-RS. */
record GuardedContext(@Nullable CallerPrincipal caller, boolean secure) implements SecurityContext {
  @Override
  public @Nullable CallerPrincipal getUserPrincipal() {
    return caller;
  }

  @Override
  public boolean isUserInRole(String role) {
    return caller != null && caller.who().principal().hasRole(role);
  }

  @Override
  public boolean isSecure() {
    return secure;
  }

  @Override
  public @Nullable String getAuthenticationScheme() {
    if (caller == null) {
      return null;
    }
    String scheme = caller.who().scheme();
    return scheme.equals("basic") ? BASIC_AUTH : scheme;
  }
}
