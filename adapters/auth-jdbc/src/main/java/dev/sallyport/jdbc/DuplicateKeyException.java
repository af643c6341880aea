package dev.sallyport.jdbc;

/**
 * A key is taken, which is an answer. What the driver says of it, it says with the row: not kept.
 */
final class DuplicateKeyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DuplicateKeyException() {
    super("The key is taken", null, false, false);
  }
}
