package com.example.helidon;

import io.helidon.common.GenericType;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.context.Context;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.uri.UriInfo;
import io.helidon.common.uri.UriQuery;
import io.helidon.http.Header;
import io.helidon.http.HttpPrologue;
import io.helidon.http.RoutedPath;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.media.ReadableEntity;
import io.helidon.http.media.ReadableEntityBase;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.http.HttpSecurity;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A request whose body the guard has looked into, with all of that body. */
record BegunRequest(ServerRequest request, ReadableEntity content) implements ServerRequest {
  static ServerRequest of(ServerRequest request, InputStream whole) {
    return new BegunRequest(request, new Whole(request, whole));
  }

  @Override
  public void reset() {
    request.reset();
  }

  @Override
  public boolean isSecure() {
    return request.isSecure();
  }

  @Override
  public RoutedPath path() {
    return request.path();
  }

  @Override
  public String socketId() {
    return request.socketId();
  }

  @Override
  public String serverSocketId() {
    return request.serverSocketId();
  }

  @Override
  public Context context() {
    return request.context();
  }

  @Override
  public ListenerContext listenerContext() {
    return request.listenerContext();
  }

  @Override
  public HttpSecurity security() {
    return request.security();
  }

  @Override
  public boolean continueSent() {
    return request.continueSent();
  }

  /** Too late: the body has been opened. */
  @Override
  public void streamFilter(UnaryOperator<InputStream> filter) {
    throw new IllegalStateException("The body has been opened to look for csrf_token");
  }

  @Override
  public Optional<ProxyProtocolData> proxyProtocolData() {
    return request.proxyProtocolData();
  }

  @Override
  public Optional<String> matchingPattern() {
    return request.matchingPattern();
  }

  @Override
  public HttpPrologue prologue() {
    return request.prologue();
  }

  @Override
  public ServerRequestHeaders headers() {
    return request.headers();
  }

  @Override
  public UriQuery query() {
    return request.query();
  }

  @Override
  public PeerInfo remotePeer() {
    return request.remotePeer();
  }

  @Override
  public PeerInfo localPeer() {
    return request.localPeer();
  }

  @Override
  public String authority() {
    return request.authority();
  }

  @Override
  public void header(Header header) {
    request.header(header);
  }

  @Override
  public int id() {
    return request.id();
  }

  @Override
  public UriInfo requestedUri() {
    return request.requestedUri();
  }

  /** The body from its first byte on. */
  private static final class Whole extends ReadableEntityBase {
    private static final int CHUNK = 8 * 1024;
    private static final long MAX_KEPT = 64 * 1024;

    private final ServerRequest request;
    private final InputStream whole;

    Whole(ServerRequest request, InputStream whole) {
      super(size -> next(whole), () -> {}, MAX_KEPT);
      this.request = request;
      this.whole = whole;
    }

    private static BufferData next(InputStream whole) {
      try {
        byte[] chunk = new byte[CHUNK];
        int read = whole.read(chunk);
        return read < 0 ? BufferData.empty() : BufferData.create(chunk, 0, read);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    protected <T> T entityAs(GenericType<T> type) {
      ServerRequestHeaders headers = request.headers();
      return request
          .listenerContext()
          .mediaContext()
          .reader(type, headers)
          .read(type, inputStream(), headers);
    }

    @Override
    public ReadableEntity copy(Runnable processed) {
      return new Whole(request, whole);
    }
  }
}
