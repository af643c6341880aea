package dev.sallyport.servlet;

import dev.sallyport.guard.AuthResponse;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;

/** Writes responses out as they are. */
final class Answer {
  private static final int MAX_TOO_LARGE = 16 * 1024 * 1024;
  private static final int MAX_REFUSED = 64 * 1024;

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
    discardUnread(request, answer.status());
    sendHead(response, answer, body.length);
    sendBody(request, response, body);
  }

  /**
   * Reads the rest of the request, within bounds, before a refusal is sent; behind it, some
   * containers let nobody read any more. Where a body was too large, a container that stops reading
   * closes the connection under a client that reads nothing before all is sent. Over HTTP/2,
   * containers reset a stream whose response ends before the request, and some clients then drop
   * the response. A body that the client holds back is not asked for.
   */
  private static void discardUnread(HttpServletRequest request, int status) {
    if (status == HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE) {
      discard(request, MAX_TOO_LARGE);
    } else if (status >= HttpServletResponse.SC_BAD_REQUEST
        && !ReceivedRequest.isHttp1(request)
        && request.getHeader("Expect") == null) {
      discard(request, MAX_REFUSED);
    }
  }

  private static void discard(HttpServletRequest request, int limit) {
    byte[] buffer = new byte[8192];
    int discarded = 0;
    try {
      InputStream rest = request.getInputStream();
      int count = rest.read(buffer);
      while (count >= 0 && discarded < limit) {
        discarded += count;
        count = rest.read(buffer);
      }
    } catch (IOException | IllegalStateException e) {
      return; // broken off, or read by others: there is no more
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
