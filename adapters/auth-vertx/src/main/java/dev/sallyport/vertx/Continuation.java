package dev.sallyport.vertx;

import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

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
      future.cancel(false);
    } else if (future.isDone()) {
      finish(future);
    } else {
      await(future);
    }
  }

  private void await(CompletableFuture<T> future) {
    Context context = ctx.vertx().getOrCreateContext();
    if (!ctx.request().isEnded()) {
      ctx.request().pause();
    }
    int gone = ctx.addEndHandler(end -> future.cancel(false));
    future.whenComplete(
        (result, thrown) ->
            context.runOnContext(
                here -> {
                  if (Answer.isOpen(ctx.response()) && !future.isCancelled()) {
                    ctx.removeEndHandler(gone);
                    finishLate(future);
                  }
                }));
  }

  /** Here nobody else catches anything. */
  private void finishLate(CompletableFuture<T> future) {
    try {
      finish(future);
    } catch (RuntimeException | Error e) {
      ctx.fail(e);
    }
  }

  private void finish(CompletableFuture<T> future) {
    T result;
    try {
      result = future.join();
    } catch (CompletionException e) {
      failed.accept(Objects.requireNonNullElse(e.getCause(), e));
      return;
    }
    next.accept(result);
  }
}
