package com.example.servlets;

import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.AuthResponse.Header;
import java.util.List;

/** Pages of HTML that load nothing, run no script, and are kept by nobody. */
final class Html {
  private static final Header TYPE = new Header("Content-Type", "text/html;charset=utf-8");
  private static final Header POLICY =
      new Header(
          "Content-Security-Policy",
          "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
  private static final Header NO_SNIFF = new Header("X-Content-Type-Options", "nosniff");

  private Html() {}

  /** A page; the body is HTML already. */
  static AuthResponse page(int status, String title, String body) {
    String html =
        """
        <!doctype html>
        <html lang="en">
        <title>%1$s</title>
        <h1>%1$s</h1>
        %2$s
        """
            .formatted(escape(title), body);
    return new AuthResponse(status, List.of(TYPE, POLICY, NO_SNIFF, Header.NO_STORE), html);
  }

  /** After a form, so that a reload doesn't send it again. */
  static AuthResponse seeOther(String path) {
    return new AuthResponse(303, List.of(Header.NO_STORE), "").withHeader("Location", path);
  }

  /** Text that can stand in an element, or in an attribute within quotation marks. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
