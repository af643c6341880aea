package dev.sallyport.demo;

import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.AuthResponse.Header;
import dev.sallyport.site.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The files of two pages, with headers that keep the browser from loading anything from elsewhere:
 * {@code /} shows what each request meets, {@code /account} is a small application.
 */
final class Page {
  private static final Header POLICY =
      new Header(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
              + " base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
              + " require-trusted-types-for 'script'");
  private static final Header NO_SNIFF = new Header("X-Content-Type-Options", "nosniff");

  private Page() {}

  static List<Route> routes() {
    return List.of(
        route("/", "index.html", "text/html"),
        route("/look/look.css", "look.css", "text/css"),
        route("/look/look.js", "look.js", "text/javascript"),
        route("/look/calls.js", "calls.js", "text/javascript"),
        route("/look/held.js", "held.js", "text/javascript"),
        route("/look/dom.js", "dom.js", "text/javascript"),
        route("/look/way.js", "way.js", "text/javascript"),
        route("/look/words.js", "words.js", "text/javascript"),
        route("/look/jwt.js", "jwt.js", "text/javascript"),
        route("/look/family.js", "family.js", "text/javascript"),
        route("/look/lists.js", "lists.js", "text/javascript"),
        route("/look/waits.js", "waits.js", "text/javascript"),
        route("/account", "account.html", "text/html"),
        route("/app.js", "app.js", "text/javascript"),
        route("/app.css", "app.css", "text/css"));
  }

  private static Route route(String path, String file, String type) {
    List<Header> headers =
        List.of(new Header("Content-Type", type + "; charset=utf-8"), POLICY, NO_SNIFF);
    AuthResponse response = new AuthResponse(200, headers, text(file));
    return Route.open("GET", path, (request, who, body) -> response);
  }

  private static String text(String file) {
    try (InputStream in = Page.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("The demo lacks its file " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
