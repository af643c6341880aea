package com.example.servlets;

import dev.sallyport.AuthRequest;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Problem;
import dev.sallyport.servlet.AuthFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** A page, or what a form of it is sent to. Other methods than these two are 405. */
abstract class PageServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private static AuthResponse notAllowed(String allowed) {
    return Problem.of(405, "method_not_allowed", "This path does not support this method.")
        .withHeader("Allow", allowed)
        .toResponse();
  }

  /** Answers GET. */
  AuthResponse show(HttpServletRequest request) {
    return notAllowed("POST");
  }

  /** Answers POST. */
  AuthResponse take(HttpServletRequest request) {
    return notAllowed("GET, HEAD");
  }

  @Override
  protected final void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    AuthResponse answer =
        switch (request.getMethod()) {
          case "GET", "HEAD" -> show(request);
          case "POST" -> take(request);
          default -> notAllowed("GET, HEAD, POST");
        };
    AuthFilter.send(request, response, answer);
  }

  /**
   * The one value of a field; empty if there is none, or several. Parameters of the servlet API
   * would have those of the query as well, which end up in logs, and Tomcat's error page quotes
   * what it can't decode.
   */
  static String field(AuthRequest asked, String name) {
    List<String> values = asked.formValues(name);
    return values.size() == 1 ? values.get(0) : "";
  }
}
