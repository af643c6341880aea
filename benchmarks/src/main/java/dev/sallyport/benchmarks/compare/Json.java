package dev.sallyport.benchmarks.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** As much JSON as results need. Texts are ours, and have nothing to be escaped. */
final class Json {
  private Json() {}

  /** Lists under their names, an entry a line. */
  @SafeVarargs
  static String object(Map.Entry<String, List<String>>... lists) {
    return Arrays.stream(lists)
        .map(list -> "\"" + list.getKey() + "\": [\n  " + String.join(",\n  ", list.getValue()))
        .collect(Collectors.joining("\n],\n", "{\n", "\n]\n}\n"));
  }

  /** Names and values in turn. */
  static String entry(Object... fields) {
    StringBuilder entry = new StringBuilder();
    for (int i = 0; i < fields.length; i += 2) {
      entry.append(i == 0 ? "{" : ", ");
      entry.append('"').append(fields[i]).append("\": ").append(value(fields[i + 1]));
    }
    return entry.append('}').toString();
  }

  private static String value(Object value) {
    if (value instanceof Double number) {
      return Double.isNaN(number) ? "null" : String.format(Locale.ROOT, "%.3f", number);
    }
    return value instanceof Number ? value.toString() : "\"" + value + "\"";
  }
}
