package dev.sallyport.servlet;

import dev.sallyport.guard.AuthResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Writes responses out as they are. */
final class Answer {
  private Answer() {}

  static void refuse(HttpServletRequest request, HttpServletResponse response, AuthResponse answer)
      throws IOException {
    switch (request.getDispatcherType()) {
      case INCLUDE -> {} // a page is shown without the part that its reader may not see
      case REQUEST -> send(request, response, answer);
      default -> {
        response.reset(); // nothing of the servlet that has come this far
        send(request, response, answer);
      }
    }
  }

  static void send(HttpServletRequest request, HttpServletResponse response, AuthResponse answer)
      throws IOException {
    byte[] body = answer.bytes();
    response.setStatus(answer.status());
    for (AuthResponse.Header line : answer.headers()) {
      add(line, response);
    }
    if (body.length > 0) {
      response.setContentLength(body.length);
      if (!request.getMethod().equals("HEAD")) {
        response.getOutputStream().write(body);
      }
    }
    response.flushBuffer();
  }

  /** Adds a line, unless it is there already. */
  static void add(AuthResponse.Header line, HttpServletResponse response) {
    if (line.name().equals("Content-Type")) {
      response.setContentType(line.value());
    } else if (!response.getHeaders(line.name()).contains(line.value())) {
      response.addHeader(line.name(), line.value());
    }
  }
}
