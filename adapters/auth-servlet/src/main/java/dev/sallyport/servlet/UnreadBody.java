package dev.sallyport.servlet;

import dev.sallyport.http.RequestBody;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What is left of a request's body when its answer is sent. Behind an answer, a container with an
 * unread rest closes the connection, or resets the stream, under a client that takes it for good.
 */
final class UnreadBody {
  private static final String OPENED = UnreadBody.class.getName() + ".opened";

  private static final long MAX_SHORT = 64 * 1024;
  private static final long MAX_DISCARDED = 16 * 1024 * 1024;
  private static final Duration MAX_DISCARDING = Duration.ofSeconds(10);
  private static final long MAX_AWAITING = TimeUnit.SECONDS.toNanos(2);
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

  private final HttpServletRequest request;
  private final boolean isLeft;

  /** The rest for an answer with this status. */
  UnreadBody(HttpServletRequest request, int status) {
    boolean heldBack =
        request.getHeader("Expect") != null
            && status != HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE;
    this.request = request;
    this.isLeft = heldBack || request.getContentLengthLong() > MAX_DISCARDED;
  }

  /** Notes that somebody reads the body. */
  static void opened(ServletRequest request) {
    request.setAttribute(OPENED, true);
  }

  /** Whether nobody will read it: the client holds it back, or it is too long to wait for. */
  boolean isLeft() {
    return isLeft;
  }

  /**
   * Whether the answer may end before the request does. Tomcat lets nobody read behind an answer
   * that has its whole Content-Length: it discards a short body itself, over HTTP/1.1 alone.
   */
  boolean mayFollow() {
    return isLeft
        || (ReceivedRequest.isHttp1(request)
            && request.getHeader("Transfer-Encoding") == null
            && request.getContentLengthLong() <= MAX_SHORT);
  }

  /**
   * Reads a short body that is on its way, before the answer to a request that no servlet has seen.
   * Over HTTP/2, curl stops sending when it reads a refusal, and containers then reset the stream,
   * since its Content-Length is not met.
   */
  static void await(HttpServletRequest request) {
    if (!ReceivedRequest.isHttp1(request)
        && request.getAttribute(OPENED) == null
        && request.getHeader("Expect") == null
        && request.getContentLengthLong() <= MAX_SHORT) {
      awaitShort(request);
    }
  }

  private static void awaitShort(HttpServletRequest request) {
    byte[] buffer = new byte[8192];
    long begin = System.nanoTime();
    long left = request.getContentLengthLong();
    try {
      while (left > 0 && System.nanoTime() - begin < MAX_AWAITING) {
        InputStream body = request.getInputStream();
        int here = Math.min(body.available(), buffer.length);
        if (here > 0) {
          left -= body.read(buffer, 0, here);
        } else {
          LockSupport.parkNanos(PAUSE);
        }
      }
    } catch (IOException | IllegalStateException e) {
      return; // broken off, or read by others
    }
  }

  /** As {@link #await}, for a body that somebody has begun to read. */
  void discardOpened() {
    if (!ReceivedRequest.isHttp1(request) && request.getAttribute(OPENED) != null) {
      discard();
    }
  }

  /** Reads what the client still sends. */
  void discard() {
    try {
      if (!isLeft) {
        RequestBody.discard(request.getInputStream(), MAX_DISCARDED, MAX_DISCARDING);
      }
    } catch (IOException | IllegalStateException e) {
      return; // others read it
    }
  }
}
