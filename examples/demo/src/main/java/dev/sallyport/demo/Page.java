package dev.sallyport.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.AuthResponse.Header;
import dev.sallyport.http.HttpServerAdapter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A file of the page at {@code /}, with headers that keep the browser from loading anything from
 * elsewhere.
 */
record Page(AuthResponse response) implements HttpHandler {
  private static final Header POLICY =
      new Header(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
              + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
  private static final Header NO_SNIFF = new Header("X-Content-Type-Options", "nosniff");

  static Page of(String file, String type) {
    try (InputStream in = Page.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("The demo lacks its file " + file);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      List<Header> headers =
          List.of(new Header("Content-Type", type + "; charset=utf-8"), POLICY, NO_SNIFF);
      return new Page(new AuthResponse(200, headers, text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    HttpServerAdapter.send(exchange, response);
  }
}
