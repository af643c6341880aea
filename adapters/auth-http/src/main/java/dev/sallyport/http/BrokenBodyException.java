package dev.sallyport.http;

import java.io.IOException;

/**
 * A body that can't be read to its end: the client went away, or framed it wrongly. No operator can
 * mend it, and nobody waits for an answer.
 */
public final class BrokenBodyException extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * For an adapter that tells a body which breaks off in a handler from a fault of that handler.
   *
   * @param cause what the host's stream threw
   */
  public BrokenBodyException(IOException cause) {
    super(cause);
  }
}
