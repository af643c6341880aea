package com.example.javalin;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body is whole for the handler, also where the guard has looked into a form:
 * Javalin keeps the request that it began with, so that one has to change.
 */
final class WholeBody extends HttpServletRequestWrapper {
  private static final String ATTRIBUTE = WholeBody.class.getName();

  private boolean opened;
  private @Nullable HttpServletRequest guarded;

  WholeBody(HttpServletRequest request) {
    super(request);
    setAttribute(ATTRIBUTE, this);
  }

  static WholeBody of(ServletRequest request) {
    return (WholeBody) request.getAttribute(ATTRIBUTE);
  }

  /** Only what the guard opens counts, not what a handler before it has. */
  void beginGuard() {
    opened = false;
  }

  /** From here on the body is that of the guarded request, if the guard has opened it. */
  void continueWith(ServletRequest request) {
    guarded = opened ? (HttpServletRequest) request : null;
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    opened = true;
    return guarded == null ? super.getInputStream() : guarded.getInputStream();
  }
}
