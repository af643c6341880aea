package dev.sallyport.vertx;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Consumer;

/** What an endpoint reads of a body at most; the rest waits in the connection. */
final class EndpointBody {
  private static final int MAX_BYTES = 16 * 1024 + 1;

  private static final String ASKED_FOR = EndpointBody.class.getName();

  private final RoutingContext ctx;
  private final HttpServerRequest request;
  private final Consumer<byte[]> next;
  private final Buffer body = Buffer.buffer();
  private boolean done;

  private EndpointBody(RoutingContext ctx, Consumer<byte[]> next) {
    this.ctx = ctx;
    this.request = ctx.request();
    this.next = next;
  }

  static void read(RoutingContext ctx, Consumer<byte[]> next) {
    EndpointBody body = new EndpointBody(ctx, next);
    if (ctx.request().isEnded()) {
      body.end();
    } else {
      sendContinue(ctx);
      body.read();
    }
  }

  /** Asks a client for a body that it holds back (RFC 9110 section 10.1.1). */
  static void sendContinue(RoutingContext ctx) {
    if (ctx.request().headers().contains("Expect", "100-continue", true)) {
      ctx.response().writeContinue();
      ctx.put(ASKED_FOR, true);
    }
  }

  /** Whether the client holds its body back, and nobody here has asked for it. */
  static boolean isHeldBack(RoutingContext ctx) {
    return ctx.request().headers().contains("Expect") && ctx.get(ASKED_FOR) == null;
  }

  private void read() {
    request.exceptionHandler(gone -> done = true);
    request.endHandler(end -> end());
    request.handler(this::add);
    request.resume();
  }

  private void add(Buffer chunk) {
    if (!done) {
      body.appendBuffer(chunk);
      if (body.length() >= MAX_BYTES) {
        request.pause();
        end();
      }
    }
  }

  private void end() {
    if (!done) {
      done = true;
      try {
        next.accept(body.getBytes());
      } catch (RuntimeException | Error e) {
        ctx.fail(e); // nobody else catches anything here
      }
    }
  }
}
