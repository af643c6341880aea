package dev.sallyport.servlet;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body of which the beginning has been read; it blocks. */
final class BodyStream extends ServletInputStream {
  private final InputStream body;
  private boolean finished;

  BodyStream(InputStream body) {
    this.body = body;
  }

  @Override
  public int read() throws IOException {
    int one = body.read();
    finished |= one < 0;
    return one;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = body.read(into, offset, length);
    finished |= count < 0;
    return count;
  }

  @Override
  public boolean isFinished() {
    return finished;
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public void setReadListener(ReadListener listener) {
    throw new IllegalStateException(
        "This form carries csrf_token, for which it has been read from: read on by blocking");
  }
}
