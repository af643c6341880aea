package com.example.micronaut;

import dev.sallyport.StoreUnavailableException;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Problem;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers 503 and 500 where a controller fails; Micronaut's own 500 has the exception's text. */
@Singleton
final class Failures implements ExceptionHandler<RuntimeException, HttpResponse<?>> {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  @Override
  @SuppressWarnings("rawtypes") // so is that of Micronaut
  public HttpResponse<?> handle(HttpRequest request, RuntimeException thrown) {
    if (thrown instanceof StoreUnavailableException) {
      return Requests.response(Guard.storeUnavailable());
    }
    LOG.error(
        "A controller failed: {} {}", thrown.getClass(), Arrays.toString(thrown.getStackTrace()));
    return Requests.response(
        Problem.of(500, "internal_error", "The server could not handle the request.").toResponse());
  }
}
