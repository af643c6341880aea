package dev.sallyport.webflux;

import dev.sallyport.FormSource;
import dev.sallyport.HeaderSource;
import dev.sallyport.http.RequestBody;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/**
 * A form that is read only after somebody has asked for it. The thread of a lane that asks first
 * can't wait for a client: that check ends, and another is made when the form is there.
 */
final class PostedForm implements FormSource {
  private static final int MAX_BYTES = 16 * 1024;

  private final HeaderSource headers;
  private final RequestBody unread;
  private volatile @Nullable RequestBody read;
  private volatile @Nullable BegunBody body;

  PostedForm(HeaderSource headers) {
    this.headers = headers;
    this.unread = RequestBody.of(headers, ByteArrayInputStream::nullInputStream);
  }

  @Override
  public List<String> values(String name) {
    RequestBody form = read;
    if (form != null) {
      return form.form().values(name);
    }
    if (isForm()) {
      throw new WantedException();
    }
    return List.of();
  }

  /** {@return whether the body is a form, so that somebody may ask for it} */
  boolean isForm() {
    return unread.isForm();
  }

  /** Reads the beginning of the body. */
  Mono<Void> read(ServerHttpRequest request) {
    return Mono.defer(
        () -> {
          BegunBody begun = BegunBody.of(request.getBody(), MAX_BYTES);
          body = begun;
          return begun.begin().doOnNext(this::is).then();
        });
  }

  /** Has its fields from now on. */
  void is(byte[] begin) {
    read = RequestBody.of(headers, () -> new ByteArrayInputStream(begin));
  }

  /** What was begun to read; null if nobody has asked. */
  @Nullable BegunBody body() {
    return body;
  }

  /** Ends a check that has come to the form. */
  static final class WantedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    WantedException() {
      super("The form has not been read yet", null, false, false);
    }
  }
}
