package dev.sallyport.benchmarks.request;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.HashMap;
import java.util.Map;

/** A response that keeps its header fields and status, and is never sent. */
final class StubResponse extends HttpServletResponseWrapper {
  private static final HttpServletResponse NOTHING = Unexpected.of(HttpServletResponse.class);

  private final Map<String, String> headers = new HashMap<>();
  private int status = SC_OK;

  StubResponse() {
    super(NOTHING);
  }

  @Override
  public boolean containsHeader(String name) {
    return headers.containsKey(name);
  }

  @Override
  public String getHeader(String name) {
    return headers.get(name);
  }

  @Override
  public void setHeader(String name, String value) {
    headers.put(name, value);
  }

  @Override
  public void addHeader(String name, String value) {
    headers.put(name, value);
  }

  @Override
  public int getStatus() {
    return status;
  }

  @Override
  public void setStatus(int status) {
    this.status = status;
  }

  @Override
  public void sendError(int status) {
    this.status = status;
  }

  @Override
  public void sendError(int status, String message) {
    this.status = status;
  }

  @Override
  public void sendRedirect(String location) {
    status = SC_FOUND;
  }

  @Override
  public PrintWriter getWriter() {
    return new PrintWriter(Writer.nullWriter());
  }

  @Override
  public String encodeRedirectURL(String url) {
    return url;
  }

  @Override
  public boolean isCommitted() {
    return false;
  }
}
