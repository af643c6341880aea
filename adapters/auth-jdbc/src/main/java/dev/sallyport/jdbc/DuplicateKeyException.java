package dev.sallyport.jdbc;

/**
 * A key is taken, which is a result, not an outage. The driver's message quotes the row, so it is
 * dropped.
 */
final class DuplicateKeyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DuplicateKeyException() {
    super("The key is taken", null, false, false);
  }
}
