package dev.sallyport.servlet;

import dev.sallyport.guard.AuthResponse;
import dev.sallyport.http.RequestBody;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;

/** Writes responses out as they are. */
final class Answer {
  private static final long MAX_SHORT = 64 * 1024;
  private static final long MAX_DISCARDED = 16 * 1024 * 1024;
  private static final Duration MAX_DISCARDING = Duration.ofSeconds(10);

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

  /**
   * Sends an answer, and then discards what the client still sends: a container with an unread rest
   * closes the connection, or resets the stream, under a client that takes it for good.
   */
  static void send(HttpServletRequest request, HttpServletResponse response, AuthResponse answer)
      throws IOException {
    boolean leavesRest = leavesRest(request, answer.status());
    byte[] body = answer.bytes();
    sendHead(response, answer);
    if (body.length > 0 && (leavesRest || isShort(request))) {
      response.setContentLength(body.length);
    }
    if (leavesRest && ReceivedRequest.isHttp1(request)) {
      response.setHeader("Connection", "close");
    }
    if (body.length > 0 && !request.getMethod().equals("HEAD")) {
      response.getOutputStream().write(body);
    }
    response.flushBuffer();
    if (!leavesRest && request.getDispatcherType() != DispatcherType.INCLUDE) {
      discardRest(request);
    }
  }

  /**
   * A body that the client holds back is not asked for, and one that is too long not waited for.
   */
  private static boolean leavesRest(HttpServletRequest request, int status) {
    boolean heldBack =
        request.getHeader("Expect") != null
            && status != HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE;
    return heldBack || request.getContentLengthLong() > MAX_DISCARDED;
  }

  /**
   * Whether the answer may end before the request does. Tomcat lets nobody read behind an answer
   * that has its whole Content-Length: it discards a short body itself, over HTTP/1.1 alone.
   */
  private static boolean isShort(HttpServletRequest request) {
    return ReceivedRequest.isHttp1(request)
        && request.getHeader("Transfer-Encoding") == null
        && request.getContentLengthLong() <= MAX_SHORT;
  }

  private static void discardRest(HttpServletRequest request) {
    try {
      RequestBody.discard(request.getInputStream(), MAX_DISCARDED, MAX_DISCARDING);
    } catch (IOException | IllegalStateException e) {
      return; // others read it
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
