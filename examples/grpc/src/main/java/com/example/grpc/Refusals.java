package com.example.grpc;

import dev.sallyport.Challenge;
import dev.sallyport.guard.Problem;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;

/** A problem as a gRPC status and trailers. */
final class Refusals {
  static final Metadata.Key<String> CHALLENGE = key("www-authenticate");
  static final Metadata.Key<String> CODE = key("error-code");
  static final Metadata.Key<String> WAIT = key("grpc-retry-pushback-ms");

  private Refusals() {}

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  static void close(ServerCall<?, ?> call, Problem problem) {
    call.close(status(problem), trailers(problem));
  }

  /** The statuses stand for each other in the comments of {@code google/rpc/code.proto}. */
  static Status status(Problem problem) {
    Status status =
        switch (problem.status()) {
          case 400 -> Status.INVALID_ARGUMENT;
          case 401 -> Status.UNAUTHENTICATED;
          case 403 -> Status.PERMISSION_DENIED;
          case 429 -> Status.RESOURCE_EXHAUSTED;
          case 503 -> Status.UNAVAILABLE;
          default -> Status.INTERNAL;
        };
    return status.withDescription(problem.detail());
  }

  static Metadata trailers(Problem problem) {
    Metadata trailers = new Metadata();
    trailers.put(CODE, problem.code());
    for (Challenge challenge : problem.challenges()) {
      trailers.put(CHALLENGE, challenge.toString());
    }
    problem
        .retryAfter()
        .map(wait -> wait.plusNanos(999_999).toMillis()) // rounded up
        .map(millis -> Math.min(Math.max(millis, 1), Integer.MAX_VALUE))
        .ifPresent(millis -> trailers.put(WAIT, Long.toString(millis)));
    return trailers;
  }
}
