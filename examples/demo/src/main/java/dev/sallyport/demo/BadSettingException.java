package dev.sallyport.demo;

/** A setting is wrong; the message says which and what is allowed, and shows no secret. */
public final class BadSettingException extends Exception {
  private static final long serialVersionUID = 1L;

  BadSettingException(String message) {
    super(message);
  }
}
