package dev.sallyport.event;

import java.net.InetAddress;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes an event as one line that can't be misread: {@code Name[at=…, field=value, field="text"]}.
 * Text that others choose is quoted, and anything in it that could end a line, a quote or a field
 * is escaped as in Java source, so that nobody can forge a line or a field.
 */
final class EventText {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:$-]+");
  private static final String DELIMITERS = "\"\\,=[]{}";

  private final StringBuilder line = new StringBuilder(128);

  private EventText() {}

  /** A stable name, which is not quoted unless its characters make that necessary. */
  record Bare(String name) {}

  static Bare bare(String name) {
    return new Bare(name);
  }

  /**
   * Writes one event.
   *
   * @param names the names of its fields, separated by spaces
   * @param values their values in the same order; a string counts as chosen by a client, a host or
   *     a foreign issuer
   */
  static String line(AuthEvent event, String names, @Nullable Object... values) {
    EventText text = new EventText();
    text.line.append(event.getClass().getSimpleName()).append("[at=").append(event.at());
    String[] fields = names.split(" ", -1);
    for (int i = 0; i < fields.length; i++) {
      text.line.append(", ").append(fields[i]).append('=');
      text.value(values[i]);
    }
    return text.line.append(']').toString();
  }

  private void value(@Nullable Object value) {
    if (value instanceof Bare bare && NAME.matcher(bare.name()).matches()) {
      line.append(bare.name());
    } else if (value instanceof Bare bare) {
      quote(bare.name());
    } else if (value instanceof String text) {
      quote(text);
    } else if (value instanceof InetAddress address) {
      line.append(address.getHostAddress());
    } else if (value instanceof Map<?, ?> texts) {
      texts(texts);
    } else {
      line.append(value); // a number, a flag or null
    }
  }

  private void texts(Map<?, ?> texts) {
    line.append('{');
    String separator = "";
    for (Map.Entry<?, ?> entry : new TreeMap<>(texts).entrySet()) {
      line.append(separator);
      quote(String.valueOf(entry.getKey()));
      line.append('=');
      quote(String.valueOf(entry.getValue()));
      separator = ", ";
    }
    line.append('}');
  }

  private void quote(String text) {
    line.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isHostile(text, i)) {
        line.append(String.format("\\u%04X", (int) c));
      } else {
        line.append(c);
      }
    }
    line.append('"');
  }

  private static boolean isHostile(String text, int i) {
    char c = text.charAt(i);
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      case Character.SURROGATE -> !isPaired(text, i);
      default -> DELIMITERS.indexOf(c) >= 0;
    };
  }

  private static boolean isPaired(String text, int i) {
    char c = text.charAt(i);
    return (Character.isHighSurrogate(c)
            && i + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(i + 1)))
        || (Character.isLowSurrogate(c) && i > 0 && Character.isHighSurrogate(text.charAt(i - 1)));
  }
}
