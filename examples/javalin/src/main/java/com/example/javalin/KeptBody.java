package com.example.javalin;

import io.javalin.http.Context;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.ByteArrayInputStream;

/**
 * A request whose body Javalin reads and keeps, so that the guard can look into a form and the
 * handler still gets it, by {@code ctx.body()} or {@code ctx.formParam()}.
 */
final class KeptBody extends HttpServletRequestWrapper {
  private final Context ctx;

  KeptBody(Context ctx) {
    super(ctx.req());
    this.ctx = ctx;
  }

  @Override
  public ServletInputStream getInputStream() {
    ByteArrayInputStream kept = new ByteArrayInputStream(ctx.bodyAsBytes());
    return new ServletInputStream() {
      @Override
      public int read() {
        return kept.read();
      }

      @Override
      public int read(byte[] into, int offset, int length) {
        return kept.read(into, offset, length);
      }

      @Override
      public boolean isFinished() {
        return kept.available() == 0;
      }

      @Override
      public boolean isReady() {
        return true;
      }

      @Override
      public void setReadListener(ReadListener listener) {
        throw new IllegalStateException("The body has been read");
      }
    };
  }
}
