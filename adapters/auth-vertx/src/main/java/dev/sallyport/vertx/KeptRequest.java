package dev.sallyport.vertx;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import io.vertx.core.internal.http.HttpServerRequestWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A request that lets the guard look at the beginning of its body, and gives all of it to whoever
 * reads it afterwards. For the event loop alone, as a request is.
 */
final class KeptRequest extends HttpServerRequestWrapper {
  private boolean looked;
  private boolean flows;
  private boolean sourceEnded;
  private boolean ended;
  private @Nullable Buffer kept;
  private @Nullable Handler<Buffer> handler;
  private @Nullable Handler<Void> endHandler;
  private @Nullable Handler<Throwable> exceptionHandler;
  private @Nullable Throwable undecoded;
  private boolean decodes;

  KeptRequest(HttpServerRequest request) {
    super((HttpServerRequestInternal) request);
  }

  @Override
  public HttpServerRequest handler(@Nullable Handler<Buffer> reader) {
    if (reader instanceof FormLook look) {
      look(look.hear());
    } else {
      handler = reader;
      if (!looked) {
        delegate.handler(reader);
      }
    }
    return this;
  }

  @Override
  public HttpServerRequest endHandler(@Nullable Handler<Void> reader) {
    endHandler = reader;
    if (!looked) {
      delegate.endHandler(reader);
    }
    return this;
  }

  @Override
  public HttpServerRequest exceptionHandler(@Nullable Handler<Throwable> reader) {
    exceptionHandler = reader;
    delegate.exceptionHandler(reader);
    return this;
  }

  private void look(Promise<Buffer> begin) {
    Buffer bytes = Buffer.buffer();
    looked = true;
    kept = bytes;
    delegate.setExpectMultipart(true); // decoded as it arrives, or never
    delegate.exceptionHandler(
        thrown -> {
          if (thrown instanceof HttpClosedException || thrown instanceof StreamResetException) {
            begin.tryFail(thrown);
          } else {
            undecoded = thrown; // such as a field that is too long; the bytes still come
          }
        });
    delegate.handler(
        chunk -> {
          if (kept == null) {
            deliver(chunk);
            return;
          }
          kept.appendBuffer(chunk);
          if (kept.length() >= FormLook.MAX_BYTES) {
            delegate.pause();
            begin.tryComplete(bytes);
          }
        });
    delegate.endHandler(
        end -> {
          sourceEnded = true;
          if (!begin.tryComplete(bytes)) {
            goOn();
          }
        });
    delegate.resume();
  }

  private void deliver(Buffer chunk) {
    if (handler != null) {
      handler.handle(chunk);
    }
  }

  /** Later, since whoever resumes a request may set its handlers just afterwards. */
  private void goOn() {
    context().runOnContext(later -> goOnNow());
  }

  private void goOnNow() {
    if (!flows || ended || isBroken()) {
      return;
    }
    if (undecoded != null && decodes && exceptionHandler != null) {
      exceptionHandler.handle(undecoded);
    }
    undecoded = null;
    Buffer bytes = kept;
    kept = null;
    if (bytes != null && bytes.length() > 0) {
      deliver(bytes);
    }
    if (!sourceEnded) {
      if (flows) {
        delegate.resume();
      }
    } else if (flows) {
      ended = true;
      if (endHandler != null) {
        endHandler.handle(null);
      }
    }
  }

  @Override
  public HttpServerRequest pause() {
    flows = false;
    if (!delegate.isEnded()) {
      delegate.pause();
    }
    return this;
  }

  /** Whether a stream was reset: over HTTP/2 it has ended then, without saying so. */
  private boolean isBroken() {
    return !sourceEnded && delegate.isEnded();
  }

  @Override
  public HttpServerRequest resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public HttpServerRequest fetch(long amount) {
    if (!looked) {
      delegate.fetch(amount);
    } else if (amount > 0) {
      flows = true;
      goOn();
    }
    return this;
  }

  @Override
  public boolean isEnded() {
    return looked ? ended : delegate.isEnded();
  }

  @Override
  public Future<Buffer> body() {
    if (!looked) {
      return delegate.body();
    }
    Promise<Buffer> whole = Promise.promise();
    Buffer bytes = Buffer.buffer();
    exceptionHandler(whole::tryFail);
    handler(bytes::appendBuffer);
    endHandler(end -> whole.tryComplete(bytes));
    resume();
    return whole.future();
  }

  @Override
  public Future<Void> end() {
    if (!looked) {
      return delegate.end();
    }
    Promise<Void> end = Promise.promise();
    endHandler(end::tryComplete);
    return end.future();
  }

  @Override
  public HttpServerRequest setExpectMultipart(boolean expect) {
    decodes = expect;
    if (!looked) {
      delegate.setExpectMultipart(expect);
    }
    return this;
  }

  @Override
  public HttpServerRequest uploadHandler(@Nullable Handler<HttpServerFileUpload> uploads) {
    if (!looked) {
      delegate.uploadHandler(uploads);
    }
    return this;
  }
}
