package dev.sallyport.servlet;

import dev.sallyport.guard.AuthResponse;
import jakarta.servlet.DispatcherType;
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

  /** Sends an answer, and behind it discards what the client still sends. */
  static void send(HttpServletRequest request, HttpServletResponse response, AuthResponse answer)
      throws IOException {
    UnreadBody unread = new UnreadBody(request, answer.status());
    boolean isPage = request.getDispatcherType() == DispatcherType.INCLUDE; // which goes on
    if (!isPage) {
      unread.await();
    }
    byte[] body = answer.bytes();
    sendHead(response, answer);
    if (body.length > 0 && unread.mayFollow()) {
      response.setContentLength(body.length);
    }
    if (unread.isLeft() && ReceivedRequest.isHttp1(request)) {
      response.setHeader("Connection", "close");
    }
    if (body.length > 0 && !request.getMethod().equals("HEAD")) {
      response.getOutputStream().write(body);
    }
    response.flushBuffer();
    if (!isPage) {
      unread.discard();
    }
  }

  private static void sendHead(HttpServletResponse response, AuthResponse answer) {
    response.setStatus(answer.status());
    for (AuthResponse.Header line : answer.headers()) {
      add(line, response);
    }
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
