package com.example.jaxrs;

import dev.sallyport.AuthRequest;
import dev.sallyport.http.RequestBody;
import jakarta.ws.rs.container.ContainerRequestContext;

/** What the guard needs of a request, between the filters. */
record Arrival(AuthRequest request, RequestBody body) {
  private static final String PROPERTY = Arrival.class.getName();

  void keepIn(ContainerRequestContext context) {
    context.setProperty(PROPERTY, this);
  }

  static Arrival of(ContainerRequestContext context) {
    return (Arrival) context.getProperty(PROPERTY);
  }
}
