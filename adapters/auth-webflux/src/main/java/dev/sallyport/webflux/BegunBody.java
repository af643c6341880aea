package dev.sallyport.webflux;

import java.io.ByteArrayOutputStream;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A body whose beginning is read first. The rest waits in the connection for whoever reads the
 * whole afterwards.
 */
final class BegunBody extends BaseSubscriber<DataBuffer> {
  private final int enough;
  private final Sinks.One<byte[]> begin = Sinks.one();
  private final Sinks.Many<DataBuffer> rest = Sinks.many().unicast().onBackpressureBuffer();
  private final ByteArrayOutputStream read = new ByteArrayOutputStream();
  private boolean hasBegin;

  private BegunBody(int enough) {
    this.enough = enough;
  }

  /**
   * Begins to read.
   *
   * @param enough how many bytes are read, unless there are fewer; a few more, as they come
   */
  static BegunBody of(Flux<DataBuffer> body, int enough) {
    BegunBody begun = new BegunBody(enough);
    body.subscribe(begun);
    return begun;
  }

  /** The beginning, or what came of it before the body broke off. */
  Mono<byte[]> begin() {
    return begin.asMono().doOnCancel(this::cancel);
  }

  /** All of it, once. */
  Flux<DataBuffer> whole(DataBufferFactory buffers) {
    return Flux.concat(begin.asMono().filter(bytes -> bytes.length > 0).map(buffers::wrap), rest());
  }

  /** What comes after the beginning, once. */
  Flux<DataBuffer> rest() {
    return rest.asFlux()
        .doOnRequest(this::request)
        .doOnCancel(this::cancel)
        .doOnDiscard(DataBuffer.class, DataBufferUtils::release);
  }

  boolean isEnded() {
    return isDisposed();
  }

  @Override
  protected void hookOnSubscribe(Subscription source) {
    request(1);
  }

  @Override
  protected void hookOnNext(DataBuffer buffer) {
    if (hasBegin) {
      if (rest.tryEmitNext(buffer).isFailure()) {
        DataBufferUtils.release(buffer);
      }
      return;
    }
    byte[] bytes = new byte[buffer.readableByteCount()];
    buffer.read(bytes);
    DataBufferUtils.release(buffer);
    read.writeBytes(bytes);
    if (read.size() >= enough) {
      end();
    } else {
      request(1);
    }
  }

  @Override
  protected void hookOnComplete() {
    rest.tryEmitComplete();
    end();
  }

  @Override
  protected void hookOnError(Throwable thrown) {
    rest.tryEmitError(thrown);
    end();
  }

  private void end() {
    if (!hasBegin) {
      hasBegin = true;
      begin.tryEmitValue(read.toByteArray());
    }
  }
}
