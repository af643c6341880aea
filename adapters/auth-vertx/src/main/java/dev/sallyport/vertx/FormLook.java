package dev.sallyport.vertx;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;

/** Asks a {@link KeptRequest} below the router for the beginning of its body. */
final class FormLook implements Handler<Buffer> {
  static final int MAX_BYTES = 16 * 1024;

  private final Promise<Buffer> begin = Promise.promise();
  private boolean heard;

  /** Whether there is such a request. */
  boolean isHeard() {
    return heard;
  }

  Promise<Buffer> hear() {
    heard = true;
    return begin;
  }

  Future<Buffer> begin() {
    return begin.future();
  }

  /** Nothing is read without such a request, since it would be lost. */
  @Override
  public void handle(Buffer lost) {
    throw new IllegalStateException("Nobody keeps what is read here");
  }
}
