package dev.sallyport.vertx;

import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a request goes on in its event loop after a lane, if its client is still there. Otherwise the
 * lane is told, and nothing is written.
 *
 * @param next takes the result
 * @param failed takes what was thrown
 */
record Continuation<T>(RoutingContext ctx, Consumer<T> next, Consumer<Throwable> failed) {
  void after(CompletionStage<T> stage) {
    CompletableFuture<T> future = stage.toCompletableFuture();
    if (!Answer.isOpen(ctx.response())) {
      abandon(future);
    } else if (future.isDone()) {
      stage.whenComplete(this::finish);
    } else {
      await(stage, future);
    }
  }

  private void await(CompletionStage<T> stage, CompletableFuture<T> future) {
    Context context = ctx.vertx().getOrCreateContext();
    HttpServerRequest request = ctx.request();
    if (!request.isEnded()) {
      request.pause();
    }
    int gone = ctx.addEndHandler(end -> abandon(future));
    stage.whenComplete(
        (result, thrown) ->
            context.runOnContext(
                here -> {
                  if (Answer.isOpen(ctx.response()) && !future.isCancelled()) {
                    ctx.removeEndHandler(gone);
                    resume(); // later, when its reader has set its handlers
                    finish(result, thrown);
                  }
                }));
  }

  /** Where somebody else has answered, the rest of the body must not hold up the connection. */
  private void abandon(CompletableFuture<T> future) {
    future.cancel(false);
    resume();
  }

  private void resume() {
    if (!ctx.request().isEnded()) {
      ctx.request().resume();
    }
  }

  /** In the callback of a lane or of a body, nobody else catches anything. */
  private void finish(T result, @Nullable Throwable thrown) {
    try {
      if (thrown == null) {
        next.accept(result);
      } else {
        failed.accept(thrown);
      }
    } catch (RuntimeException | Error e) {
      ctx.fail(e);
    }
  }
}
