package dev.sallyport.servlet;

import dev.sallyport.guard.AuthResponse;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.List;

/** A response that carries the guard's header lines, also after a reset, and none of them twice. */
final class GuardedResponse extends HttpServletResponseWrapper {
  private final HttpServletResponse response;
  private final List<AuthResponse.Header> lines;

  GuardedResponse(HttpServletResponse response, List<AuthResponse.Header> lines) {
    super(response);
    this.response = response;
    this.lines = lines;
    addLines();
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
