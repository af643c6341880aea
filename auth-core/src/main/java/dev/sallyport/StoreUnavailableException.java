package dev.sallyport;

/**
 * A store could not answer: it is down, too slow or out of connections. It is the one exception
 * that means "ask again later"; the chain stops, counts no failed attempt and lets it through, and
 * the guard answers 503.
 *
 * <p>A store throws it for outages only. "No such user" is an answer, not an outage.
 */
public class StoreUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says what could not be done.
   *
   * @param message what could not be done, without credentials or keys
   */
  public StoreUnavailableException(String message) {
    super(message);
  }

  /**
   * Says what could not be done, and why.
   *
   * @param message what could not be done, without credentials or keys
   * @param cause what the store's driver threw
   */
  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
