package dev.sallyport.testkit.adapter;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/** A host under test that accepts connections, until it is closed. */
@SuppressWarnings("try") // a host may be interrupted while it stops
public interface RunningHost extends AutoCloseable {
  /** {@return where it answers plain HTTP: {@code http://127.0.0.1:port}, without a path} */
  URI http();

  /**
   * {@return where it answers over TLS, {@code https://localhost:port}; empty without {@link
   * AdapterAbility#TLS}}
   */
  Optional<URI> https();

  /** Stops it. */
  @Override
  void close() throws Exception;

  /**
   * A host without TLS on a port of the loopback address.
   *
   * @param port the port
   * @param stop stops the host
   * @return the host
   */
  static RunningHost at(int port, AutoCloseable stop) {
    return of(URI.create("http://127.0.0.1:" + port), Optional.empty(), stop);
  }

  /**
   * A host on two ports of the loopback address.
   *
   * @param port the port of plain HTTP
   * @param tlsPort the port of TLS
   * @param stop stops the host
   * @return the host
   */
  static RunningHost at(int port, int tlsPort, AutoCloseable stop) {
    return of(
        URI.create("http://127.0.0.1:" + port),
        Optional.of(URI.create("https://localhost:" + tlsPort)),
        stop);
  }

  private static RunningHost of(URI http, Optional<URI> https, AutoCloseable stop) {
    Objects.requireNonNull(stop, "stop");
    return new RunningHost() {
      @Override
      public URI http() {
        return http;
      }

      @Override
      public Optional<URI> https() {
        return https;
      }

      @Override
      public void close() throws Exception {
        stop.close();
      }
    };
  }
}
