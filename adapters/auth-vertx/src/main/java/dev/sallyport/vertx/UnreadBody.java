package dev.sallyport.vertx;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;

/**
 * What is left of a request's body when its answer is sent. A connection that is closed under a
 * client that still sends, or a stream that is reset, would take the answer from it.
 */
final class UnreadBody {
  private static final long MAX_DISCARDED = 16 * 1024 * 1024;
  private static final long MAX_DISCARDING_MS = TimeUnit.SECONDS.toMillis(10);

  private final RoutingContext ctx;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private long discarded;

  UnreadBody(RoutingContext ctx) {
    this.ctx = ctx;
    this.request = ctx.request();
    this.response = ctx.response();
  }

  /** Whether nobody will read it: the client holds it back, and nobody has asked for it. */
  boolean isLeft() {
    return EndpointBody.isHeldBack(ctx);
  }

  /** Says that the connection ends behind an answer, where only that tells bodies from requests. */
  void announce() {
    if (isHttp1()) {
      response.putHeader("Connection", "close");
    }
  }

  /** Ends the connection, or the stream (RFC 9113 section 8.1), once the answer has been sent. */
  void leave() {
    if (isHttp1()) {
      request.connection().close();
    } else {
      response.reset(0);
    }
  }

  private boolean isHttp1() {
    return request.version().alpnName().startsWith("http/1");
  }

  /** Reads what the client still sends, within bounds, and ends the response then. */
  void discard() {
    if (!response.headWritten() && response.getStatusCode() != 204 && !hasLength()) {
      response.putHeader("Content-Length", "0");
    }
    long timer = ctx.vertx().setTimer(MAX_DISCARDING_MS, late -> giveUp());
    Runnable end =
        () -> {
          ctx.vertx().cancelTimer(timer);
          end();
        };
    request.exceptionHandler(gone -> end.run());
    request.endHandler(read -> end.run());
    request.handler(
        chunk -> {
          discarded += chunk.length();
          if (discarded > MAX_DISCARDED) {
            giveUp();
          }
        });
    request.resume();
  }

  /** That of an answer to HEAD is the length that GET would have (RFC 9110 section 8.6). */
  private boolean hasLength() {
    return response.headers().contains("Content-Length");
  }

  private void end() {
    if (Answer.isOpen(response)) {
      response.end();
    }
  }

  private void giveUp() {
    end();
    leave();
  }
}
