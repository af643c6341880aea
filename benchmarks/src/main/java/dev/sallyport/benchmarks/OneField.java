package dev.sallyport.benchmarks;

import dev.sallyport.HeaderSource;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/** A request's only header field, read in place as an adapter does. */
public record OneField(String name, List<String> lines) implements HeaderSource {
  /** The value is a new string, as a server makes it for each request. */
  public static OneField of(String name, byte[] value) {
    return new OneField(name, List.of(new String(value, StandardCharsets.ISO_8859_1)));
  }

  @Override
  public List<String> values(String asked) {
    return asked.equals(name) ? lines : List.of();
  }

  @Override
  public Collection<String> names() {
    return List.of(name);
  }
}
