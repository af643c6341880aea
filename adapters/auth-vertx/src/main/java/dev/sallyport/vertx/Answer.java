package dev.sallyport.vertx;

import dev.sallyport.guard.AuthResponse;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Writes responses out as they are, in the event loop. */
final class Answer {
  private static final int MAX_DISCARDED = 16 * 1024 * 1024;
  private static final long MAX_DISCARDING_MS = TimeUnit.SECONDS.toMillis(30);

  private Answer() {}

  /** Whether somebody still reads what is written. */
  static boolean isOpen(HttpServerResponse response) {
    return !response.ended() && !response.closed();
  }

  /** Adds lines, none of them twice. */
  static void add(List<AuthResponse.Header> lines, HttpServerResponse response) {
    for (AuthResponse.Header line : lines) {
      if (!response.headers().contains(line.name(), line.value(), false)) {
        response.headers().add(line.name(), line.value());
      }
    }
  }

  /** Drops what handlers have said so far. */
  static void clear(RoutingContext ctx) {
    ctx.response().headers().clear();
    for (Cookie own : Set.copyOf(ctx.request().cookies())) {
      ctx.response().removeCookies(own.getName(), false);
    }
  }

  static void send(RoutingContext ctx, AuthResponse answer) {
    HttpServerResponse response = ctx.response();
    if (!isOpen(response)) {
      return;
    }
    byte[] body = answer.bytes();
    response.setStatusCode(answer.status());
    add(answer.headers(), response);
    if (body.length > 0) {
      response.putHeader("Content-Length", Integer.toString(body.length));
    }
    boolean bodiless = body.length == 0 || ctx.request().method().equals(HttpMethod.HEAD);
    HttpServerRequest request = ctx.request();
    if (request.isEnded() || EndpointBody.isHeldBack(ctx)) {
      end(response, bodiless ? null : body);
    } else {
      if (!bodiless) {
        response.write(Buffer.buffer(body));
      }
      discard(ctx, bodiless && body.length == 0);
    }
  }

  private static void end(HttpServerResponse response, byte @Nullable [] body) {
    if (body == null) {
      response.end();
    } else {
      response.end(Buffer.buffer(body));
    }
  }

  /**
   * Reads what the client still sends, within bounds, and ends the response then: a connection that
   * is closed, or a stream that is reset before, would take the response from the client.
   */
  private static void discard(RoutingContext ctx, boolean unsaid) {
    HttpServerRequest request = ctx.request();
    HttpServerResponse response = ctx.response();
    long timer = ctx.vertx().setTimer(MAX_DISCARDING_MS, late -> giveUp(request, response));
    long[] discarded = {0};
    Runnable end =
        () -> {
          ctx.vertx().cancelTimer(timer);
          if (isOpen(response)) {
            response.end();
          }
        };
    if (unsaid) {
      response.putHeader("Content-Length", "0");
    }
    request.exceptionHandler(gone -> end.run());
    request.endHandler(read -> end.run());
    request.handler(
        chunk -> {
          discarded[0] += chunk.length();
          if (discarded[0] > MAX_DISCARDED) {
            giveUp(request, response);
          }
        });
    request.resume();
  }

  private static void giveUp(HttpServerRequest request, HttpServerResponse response) {
    if (isOpen(response)) {
      response.end();
    }
    if (request.version().alpnName().startsWith("http/1")) {
      request.connection().close();
    }
  }
}
