package com.example.micronaut;

import dev.sallyport.http.RequestBody;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.body.ByteBody.SplitBackpressureMode;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A second view of a request's body, so that the controller gets all of it, too. Once it has been
 * read, it holds memory of Netty's pool until it is closed.
 */
final class SplitBody implements AutoCloseable {
  private final ServerHttpRequest<?> host;
  private final RequestBody view;
  private @Nullable InputStream opened;

  SplitBody(HttpRequest<?> host) {
    this.host = (ServerHttpRequest<?>) host;
    this.view = RequestBody.of(new Fields(host), this::open);
  }

  private InputStream open() {
    opened = host.byteBody().split(SplitBackpressureMode.FASTEST).toInputStream();
    return opened;
  }

  RequestBody view() {
    return view;
  }

  @Override
  public void close() throws IOException {
    if (opened != null) {
      opened.close();
    }
  }
}
