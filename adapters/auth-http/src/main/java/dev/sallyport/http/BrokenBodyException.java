package dev.sallyport.http;

import java.io.IOException;

/**
 * A body that can't be read to its end: the client went away, or framed it wrongly. No operator can
 * mend it, and nobody waits for an answer.
 */
public final class BrokenBodyException extends IOException {
  private static final long serialVersionUID = 1;

  BrokenBodyException(IOException cause) {
    super(cause);
  }
}
