package dev.sallyport.vertx;

import dev.sallyport.StoreUnavailableException;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Problem;
import dev.sallyport.http.RefusedRequestException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what handlers throw. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(AuthHandler.class);

  /** Of HTTP/2 (RFC 9113 section 7); without an error, a client may take what it has for whole. */
  private static final long INTERNAL_ERROR = 2;

  private Failures() {}

  static void answer(RoutingContext ctx) {
    Throwable failure = ctx.failure();
    if (failure instanceof StreamResetException || failure instanceof HttpClosedException) {
      answerIfOpen(ctx, failure);
    } else {
      answer(ctx, failure);
    }
  }

  /**
   * A client that has gone is no error, but an upstream that has gone is one. Only later does the
   * response to a stream that was reset count as closed.
   */
  private static void answerIfOpen(RoutingContext ctx, Throwable failure) {
    ctx.vertx()
        .runOnContext(
            later -> {
              if (Answer.isOpen(ctx.response())) {
                answer(ctx, failure);
              }
            });
  }

  private static void answer(RoutingContext ctx, @Nullable Throwable failure) {
    if (failure instanceof StoreUnavailableException) {
      sendInstead(ctx, Guard.storeUnavailable());
    } else if (failure instanceof RefusedRequestException refused) {
      sendInstead(ctx, refused.response());
    } else if (failure != null && ctx.statusCode() == 500) {
      LOG.error(
          "A handler failed: {} {}", failure.getClass(), Arrays.toString(failure.getStackTrace()));
      sendInstead(
          ctx, Problem.of(500, "internal_error", "The server could not answer.").toResponse());
    } else {
      ctx.next();
    }
  }

  /** One that has begun breaks off, so that nobody takes half of it for the whole. */
  private static void sendInstead(RoutingContext ctx, AuthResponse answer) {
    if (ctx.response().headWritten()) {
      ctx.response().reset(INTERNAL_ERROR);
    } else {
      Answer.clear(ctx);
      Answer.send(ctx, answer);
    }
  }
}
