package com.example.jaxrs;

import dev.sallyport.guard.Problem;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers 500, which nobody may keep; the container's own 500 says nothing of that. */
final class FailureMapper implements ExceptionMapper<Throwable> {
  private static final Logger LOG = LoggerFactory.getLogger(FailureMapper.class);

  @Override
  public Response toResponse(Throwable thrown) {
    if (thrown instanceof WebApplicationException chosen) {
      return chosen.getResponse(); // as without this mapper
    }
    LOG.error(
        "A resource failed: {} {}", thrown.getClass(), Arrays.toString(thrown.getStackTrace()));
    return Answers.of(
        Problem.of(500, "internal_error", "The server could not handle the request.").toResponse());
  }
}
