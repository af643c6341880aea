package dev.sallyport.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields of a form that a browser posts as {@code application/x-www-form-urlencoded} (URL
 * standard, section 5.1).
 */
public final class FormFields {
  private FormFields() {}

  /**
   * Reads fields. A pair that isn't encoded correctly is left out.
   *
   * @param form the form as sent, or the query of a target
   * @return the values of each field, names and values in the order in which they were sent
   */
  public static Map<String, List<String>> parse(String form) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (String pair : form.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      try {
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
        fields.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
      } catch (IllegalArgumentException e) {
        // Nobody looks for a field that can't be read.
      }
    }
    return fields;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
