package com.example.micronaut;

import dev.sallyport.Authenticated;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import jakarta.annotation.security.RolesAllowed;

/** A controller that says who may call it. */
@Controller("/reports")
final class Reports {
  @Get
  String mine(HttpRequest<?> request) {
    Authenticated who = request.getUserPrincipal(Caller.class).orElseThrow().who();
    return "Reports of " + who.principal().name();
  }

  @Get("/all")
  @RolesAllowed("admin")
  String all() {
    return "All reports";
  }
}
