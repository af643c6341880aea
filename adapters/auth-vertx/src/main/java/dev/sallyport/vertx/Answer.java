package dev.sallyport.vertx;

import dev.sallyport.guard.AuthResponse;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes responses out as they are, in the event loop. */
final class Answer {
  /** What a handler before may have said of another body (RFC 9112 section 6.2). */
  private static final List<String> FRAMING = List.of("Transfer-Encoding", "Content-Length");

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
    for (AuthResponse.Header line : answer.headers()) {
      if (line.name().equals("Content-Type") || line.name().equals("Cache-Control")) {
        response.headers().remove(line.name()); // of a handler before, which it contradicts
      }
    }
    FRAMING.forEach(response.headers()::remove);
    add(answer.headers(), response);
    if (body.length > 0) {
      response.putHeader("Content-Length", Integer.toString(body.length));
    }
    boolean bodiless = body.length == 0 || ctx.request().method().equals(HttpMethod.HEAD);
    Buffer text = bodiless ? null : Buffer.buffer(body);
    UnreadBody unread = new UnreadBody(ctx);
    if (ctx.request().isEnded()) {
      end(response, text);
    } else if (unread.isLeft()) {
      unread.announce();
      end(response, text).onComplete(sent -> unread.leave());
    } else {
      if (text != null) {
        response.write(text);
      }
      unread.discard();
    }
  }

  private static Future<Void> end(HttpServerResponse response, @Nullable Buffer text) {
    return text == null ? response.end() : response.end(text);
  }
}
