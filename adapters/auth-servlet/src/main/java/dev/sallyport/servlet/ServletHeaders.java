package dev.sallyport.servlet;

import dev.sallyport.HeaderSource;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** The header fields of a request, without copying all of them. */
record ServletHeaders(HttpServletRequest request) implements HeaderSource {
  @Override
  public List<String> values(String name) {
    return Collections.list(request.getHeaders(name));
  }

  @Override
  public Collection<String> names() {
    return Collections.list(request.getHeaderNames());
  }

  /** Omits the fields, some of which are secret. */
  @Override
  public String toString() {
    return "ServletHeaders[hidden]";
  }
}
