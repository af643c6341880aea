package com.example.jaxrs;

import dev.sallyport.StoreUnavailableException;
import dev.sallyport.guard.Guard;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** Answers 503 where a resource meets a store that can't answer. */
final class OutageMapper implements ExceptionMapper<StoreUnavailableException> {
  @Override
  public Response toResponse(StoreUnavailableException thrown) {
    return Answers.of(Guard.storeUnavailable());
  }
}
