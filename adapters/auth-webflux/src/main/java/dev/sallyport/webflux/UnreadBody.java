package dev.sallyport.webflux;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/** What a client still sends of a body that nobody will read. It is discarded within bounds. */
final class UnreadBody {
  /** There is nothing, or nobody has asked the client for it. */
  static final Mono<Void> NONE = Mono.empty();

  private static final long MAX_BYTES = 16 * 1024 * 1024;
  private static final Duration MAX_TIME = Duration.ofSeconds(10);

  private UnreadBody() {}

  /** That of a request, of which a handler may have read all or a part. */
  static Mono<Void> of(ServerHttpRequest request) {
    HttpHeaders headers = request.getHeaders();
    boolean isShort =
        headers.getContentLength() <= 0
            && !headers.containsHeader(HttpHeaders.TRANSFER_ENCODING)
            && (request.getMethod().equals(HttpMethod.GET)
                || request.getMethod().equals(HttpMethod.HEAD));
    return isShort || headers.containsHeader(HttpHeaders.EXPECT)
        ? NONE
        : discard(Flux.defer(request::getBody));
  }

  /** Whether a client of HTTP/1.1 waits to be asked for its body (RFC 9110 section 10.1.1). */
  static boolean isHeldBack(ServerHttpRequest request) {
    HttpServerRequest netty = NettyRequest.of(request);
    return request.getHeaders().containsHeader(HttpHeaders.EXPECT)
        && netty != null
        && netty.protocol().startsWith("HTTP/1");
  }

  /** That of a body whose beginning has been read. */
  static Mono<Void> of(BegunBody body) {
    return body.isEnded() ? NONE : discard(body.rest());
  }

  /** Completes when all of it has come, or it is enough. */
  private static Mono<Void> discard(Flux<DataBuffer> rest) {
    return Mono.defer(
        () -> {
          AtomicLong left = new AtomicLong(MAX_BYTES);
          return rest.map(
                  buffer -> {
                    int size = buffer.readableByteCount();
                    DataBufferUtils.release(buffer);
                    return left.addAndGet(-size);
                  })
              .takeWhile(more -> more > 0)
              .take(MAX_TIME)
              .onErrorComplete()
              .then();
        });
  }
}
