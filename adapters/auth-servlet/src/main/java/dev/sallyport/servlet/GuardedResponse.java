package dev.sallyport.servlet;

import dev.sallyport.guard.AuthResponse;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.List;

/** A response that carries the guard's header lines, also after a reset, and none of them twice. */
final class GuardedResponse extends HttpServletResponseWrapper {
  private final HttpServletResponse response;
  private List<AuthResponse.Header> lines;

  GuardedResponse(HttpServletResponse response, List<AuthResponse.Header> lines) {
    super(response);
    this.response = response;
    this.lines = lines;
    addLines();
  }

  /**
   * Carries these lines from now on: those of a servlet behind one without a guard, which has none.
   * An include can add no lines of its own.
   *
   * @return false if there are any, and it is too late
   */
  boolean carry(List<AuthResponse.Header> more) {
    boolean can = more.isEmpty() || !response.isCommitted();
    if (can) {
      lines = more;
      addLines();
    }
    return can;
  }

  private void addLines() {
    for (AuthResponse.Header line : lines) {
      Answer.add(line, response);
    }
  }

  @Override
  public void reset() {
    super.reset();
    addLines();
  }

  @Override
  public void addHeader(String name, String value) {
    if (!response.getHeaders(name).contains(value)) {
      super.addHeader(name, value);
    }
  }
}
