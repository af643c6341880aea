package dev.sallyport.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;

/**
 * The body of an exchange, whose stream is looked up at each read. A look at the fields of a form
 * replaces the stream, and the former one lacks what was read.
 */
final class ExchangeBody extends InputStream {
  private final HttpExchange exchange;

  ExchangeBody(HttpExchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public int read() throws IOException {
    try {
      return exchange.getRequestBody().read();
    } catch (IOException e) {
      throw new BrokenException(e);
    }
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    try {
      return exchange.getRequestBody().read(into, offset, length);
    } catch (IOException e) {
      throw new BrokenException(e);
    }
  }

  /** The client went away, or its body is framed wrongly: nothing that an operator could fix. */
  static final class BrokenException extends IOException {
    private static final long serialVersionUID = 1;

    BrokenException(IOException cause) {
      super(cause);
    }
  }
}
