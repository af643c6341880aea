package dev.sallyport.servlet;

import dev.sallyport.http.RequestBody;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
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
   * Reads over HTTP/2, before the answer, what is on its way: curl stops sending when it reads a
   * refusal, and containers then reset the stream, since its Content-Length is not met. A body that
   * nobody has asked for is waited for only if it is short.
   */
  void await() {
    if (ReceivedRequest.isHttp1(request)) {
      return;
    }
    if (request.getAttribute(OPENED) != null) {
      discard();
    } else if (!isLeft && request.getContentLengthLong() <= MAX_SHORT) {
      awaitShort();
    }
  }

  /** Ends as soon as the body has, which the container may have read for its own ends. */
  private void awaitShort() {
    byte[] buffer = new byte[8192];
    long begin = System.nanoTime();
    long left = request.getContentLengthLong();
    try {
      ServletInputStream body = request.getInputStream();
      while (left > 0 && !body.isFinished() && System.nanoTime() - begin < MAX_AWAITING) {
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
