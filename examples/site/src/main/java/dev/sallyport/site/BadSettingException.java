package dev.sallyport.site;

/** A setting is wrong; the message says which and what is allowed, and shows no secret. */
public final class BadSettingException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Refuses a setting.
   *
   * @param message a sentence that begins with the setting's name, without any secret
   */
  public BadSettingException(String message) {
    super(message);
  }
}
