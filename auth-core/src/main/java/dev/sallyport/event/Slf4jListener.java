package dev.sallyport.event;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Writes events to one logger, each on one line. */
final class Slf4jListener implements AuthListener {
  static final Slf4jListener INSTANCE = new Slf4jListener();
  private static final Logger LOG = LoggerFactory.getLogger("dev.sallyport");

  private Slf4jListener() {}

  @Override
  public void onEvent(AuthEvent event) {
    Level level = level(event);
    if (LOG.isEnabledForLevel(level)) {
      LOG.atLevel(level).log(escape(event.toString()));
    }
  }

  private static Level level(AuthEvent event) {
    if (event instanceof AuthEvent.RequestAuthenticated) {
      return Level.DEBUG;
    }
    if (event instanceof AuthEvent.Throttled || event instanceof AuthEvent.RefreshReuseDetected) {
      return Level.WARN;
    }
    boolean broken =
        event instanceof AuthEvent.StoreOutage || event instanceof AuthEvent.DeliveryFailed;
    return broken ? Level.ERROR : Level.INFO;
  }

  /** Only the type of what was thrown: its text is the host's and may hold anything. */
  static void reportFaulty(AuthListener listener, Throwable thrown) {
    LOG.error(
        "The listener {} threw {}; the decision stands",
        listener.getClass().getName(),
        thrown.getClass().getName());
  }

  /** Escapes whatever could end a line, move the cursor or turn the direction of text. */
  static String escape(String text) {
    StringBuilder escaped = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean hostile =
          switch (Character.getType(c)) {
            case Character.CONTROL,
                Character.FORMAT,
                Character.LINE_SEPARATOR,
                Character.PARAGRAPH_SEPARATOR,
                Character.SURROGATE ->
                !isPaired(text, i);
            default -> false;
          };
      if (hostile && escaped == null) {
        escaped = new StringBuilder(text.length() + 16).append(text, 0, i);
      }
      if (escaped != null) {
        if (hostile) {
          escaped.append(String.format("\\u%04X", (int) c));
        } else {
          escaped.append(c);
        }
      }
    }
    return escaped == null ? text : escaped.toString();
  }

  private static boolean isPaired(String text, int i) {
    char c = text.charAt(i);
    return (Character.isHighSurrogate(c)
            && i + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(i + 1)))
        || (Character.isLowSurrogate(c) && i > 0 && Character.isHighSurrogate(text.charAt(i - 1)));
  }
}
