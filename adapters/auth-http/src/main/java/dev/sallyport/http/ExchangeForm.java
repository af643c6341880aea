package dev.sallyport.http;

import com.sun.net.httpserver.HttpExchange;
import dev.sallyport.FormSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The fields of a posted form, from the first 16 KiB of its body. What was read is put back, so
 * that the handler behind the guard gets the whole body.
 */
record ExchangeForm(HttpExchange exchange) implements FormSource {
  private static final int MAX_BYTES = 16 * 1024;
  private static final Pattern TYPE =
      Pattern.compile("application/x-www-form-urlencoded[ \\t]*(;.*)?", Pattern.CASE_INSENSITIVE);

  @Override
  public List<String> values(String name) {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (type == null || !TYPE.matcher(type).matches()) {
      return List.of();
    }
    List<String> values = new ArrayList<>();
    for (String pair : peek().split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0 && decode(pair.substring(0, equals)).equals(name)) {
        values.add(decode(pair.substring(equals + 1)));
      }
    }
    return values;
  }

  private String peek() {
    try {
      InputStream body = exchange.getRequestBody();
      byte[] begin = body.readNBytes(MAX_BYTES);
      exchange.setStreams(new SequenceInputStream(new ByteArrayInputStream(begin), body), null);
      return new String(begin, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // the client went away: a field that can't be read counts as absent
    }
  }

  /** A wrongly encoded value is never one that anybody looks for. */
  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  @Override
  public String toString() {
    return "ExchangeForm[hidden]";
  }
}
