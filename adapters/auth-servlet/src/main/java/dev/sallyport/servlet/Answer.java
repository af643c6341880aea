package dev.sallyport.servlet;

import dev.sallyport.guard.AuthResponse;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;

/** Writes responses out as they are. */
final class Answer {
  private static final int MAX_DISCARDED = 16 * 1024 * 1024;

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
    sendHead(response, answer, body.length);
    sendBody(request, response, body);
  }

  /**
   * As {@link #send}, where a body was too large to be read to its end. Its client may read nothing
   * before all is sent, and a container that stops reading closes the connection: the rest is
   * discarded, within bounds. Behind the last byte of the response, some let nobody read any more.
   */
  static void sendReadable(
      HttpServletRequest request, HttpServletResponse response, AuthResponse answer)
      throws IOException {
    if (answer.status() == HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE) {
      byte[] body = answer.bytes();
      sendHead(response, answer, body.length);
      response.flushBuffer();
      discard(request.getInputStream());
      sendBody(request, response, body);
    } else {
      send(request, response, answer);
    }
  }

  private static void discard(InputStream rest) throws IOException {
    byte[] buffer = new byte[8192];
    int discarded = 0;
    int count = rest.read(buffer);
    while (count >= 0 && discarded < MAX_DISCARDED) {
      discarded += count;
      count = rest.read(buffer);
    }
  }

  private static void sendHead(HttpServletResponse response, AuthResponse answer, int length) {
    response.setStatus(answer.status());
    for (AuthResponse.Header line : answer.headers()) {
      add(line, response);
    }
    if (length > 0) {
      response.setContentLength(length);
    }
  }

  private static void sendBody(
      HttpServletRequest request, HttpServletResponse response, byte[] body) throws IOException {
    if (body.length > 0 && !request.getMethod().equals("HEAD")) {
      response.getOutputStream().write(body);
    }
    response.flushBuffer();
  }

  /** Whether nobody else has begun a response, or may do so in another thread. */
  static boolean isOpen(HttpServletRequest request, HttpServletResponse response) {
    return request.getDispatcherType() != DispatcherType.INCLUDE
        && !response.isCommitted()
        && !request.isAsyncStarted();
  }

  /** Adds a line, unless it is there already, or replaces what it contradicts. */
  static void add(AuthResponse.Header line, HttpServletResponse response) {
    switch (line.name()) {
      case "Content-Type" -> response.setContentType(line.value());
      case "Cache-Control" -> response.setHeader(line.name(), line.value());
      default -> {
        if (!response.getHeaders(line.name()).contains(line.value())) {
          response.addHeader(line.name(), line.value());
        }
      }
    }
  }
}
