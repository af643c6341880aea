package dev.sallyport.servlet;

/**
 * A posted form without parameters, since it broke off or is too large. The servlet API has no
 * checked exception for that; the cause says what the filter answers.
 */
final class UnreadableFormException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  UnreadableFormException(String message, Exception cause) {
    super(message, cause);
  }
}
