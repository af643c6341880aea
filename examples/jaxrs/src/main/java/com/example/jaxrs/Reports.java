package com.example.jaxrs;

import dev.sallyport.guard.Guard;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import org.glassfish.jersey.server.ResourceConfig;

/** A resource that says who may call it. */
@Path("reports")
public final class Reports {
  /** For whoever the guard's default permission allows. */
  @GET
  public String mine(@Context SecurityContext caller) {
    return "Reports of " + caller.getUserPrincipal().getName();
  }

  @GET
  @RolesAllowed("admin")
  @Path("all")
  public String all() {
    return "All reports";
  }

  @GET
  @PermitAll
  @Path("count")
  public String count() {
    return "7";
  }

  static ResourceConfig guardedBy(Guard guard) {
    return new ResourceConfig(Reports.class).register(AuthFeature.of(guard));
  }
}
