package com.example.jaxrs;

import dev.sallyport.guard.AuthResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;

/** Adds what the guard adds to the answers of resources. */
final class NoStore implements ContainerResponseFilter {
  private static final String PROPERTY = NoStore.class.getName();

  static void keep(List<AuthResponse.Header> lines, ContainerRequestContext context) {
    context.setProperty(PROPERTY, lines);
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (request.getProperty(PROPERTY) instanceof List<?> lines) {
      MultivaluedMap<String, Object> headers = response.getHeaders();
      for (Object kept : lines) {
        AuthResponse.Header line = (AuthResponse.Header) kept;
        List<String> present = response.getStringHeaders().get(line.name());
        if (present == null || !present.contains(line.value())) {
          headers.add(line.name(), line.value());
        }
      }
    }
  }
}
