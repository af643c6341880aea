package dev.sallyport.event;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An event as one line that can't be misread: {@code Name[at=…, field=value, field="text"]}. What
 * others choose is quoted, and what could end a line, a quote or a field is escaped as in Java's
 * source, so that nobody forges a line or a field.
 */
final class EventText {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:$-]+");
  private static final String DELIMITERS = "\"\\,=[]{}";

  private final StringBuilder line = new StringBuilder(128);

  private EventText() {}

  static EventText of(String event, Instant at) {
    EventText text = new EventText();
    text.line.append(event).append("[at=").append(at);
    return text;
  }

  /** A stable name, bare unless it is none. */
  EventText name(String field, String name) {
    field(field);
    if (NAME.matcher(name).matches()) {
      line.append(name);
    } else {
      quote(name);
    }
    return this;
  }

  /** Anything that a client, a host or a foreign issuer chooses. */
  EventText text(String field, @Nullable String text) {
    field(field);
    if (text == null) {
      line.append("null");
    } else {
      quote(text);
    }
    return this;
  }

  EventText client(InetAddress client) {
    field("client");
    line.append(client.getHostAddress());
    return this;
  }

  EventText number(String field, long number) {
    field(field);
    line.append(number);
    return this;
  }

  EventText flag(String field, boolean flag) {
    field(field);
    line.append(flag);
    return this;
  }

  EventText texts(String field, Map<String, String> texts) {
    field(field);
    line.append('{');
    String separator = "";
    for (Map.Entry<String, String> entry : new TreeMap<>(texts).entrySet()) {
      line.append(separator);
      quote(entry.getKey());
      line.append('=');
      quote(entry.getValue());
      separator = ", ";
    }
    line.append('}');
    return this;
  }

  private void field(String field) {
    line.append(", ").append(field).append('=');
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

  @Override
  public String toString() {
    return line + "]";
  }
}
