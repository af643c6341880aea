package com.example.jaxrs;

import dev.sallyport.guard.AuthResponse;
import jakarta.ws.rs.core.Response;

/** The library's responses as those of JAX-RS. */
final class Answers {
  private Answers() {}

  static Response of(AuthResponse response) {
    Response.ResponseBuilder answer = Response.status(response.status());
    response.headers().forEach(line -> answer.header(line.name(), line.value()));
    byte[] body = response.bytes();
    return (body.length == 0 ? answer : answer.entity(body)).build();
  }
}
