package com.example.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthRequest;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The reader of cookies. A line of the input is a line of the field. */
public final class CookieFuzz {
  private static final Pattern PAIR =
      Pattern.compile("[ \t]*([^=]*?)[ \t]*=[ \t]*(.*?)[ \t]*", Pattern.DOTALL);

  private CookieFuzz() {}

  /** One request. */
  public static void fuzzerTestOneInput(byte[] input) {
    String[] lines = new String(input, StandardCharsets.UTF_8).split("\n", -1);
    AuthRequest.Builder builder =
        AuthRequest.builder("GET", "/", null, InetAddress.getLoopbackAddress(), true);
    Map<String, List<String>> expected = new HashMap<>();
    for (String line : lines) {
      builder.header("Cookie", line);
      for (String part : line.split(";", -1)) {
        Matcher pair = PAIR.matcher(part);
        boolean matches = pair.matches();
        expected.computeIfAbsent(matches ? pair.group(1) : part, name -> new ArrayList<>());
        if (matches && !pair.group(1).isEmpty()) {
          expected.get(pair.group(1)).add(pair.group(2));
        }
      }
    }
    AuthRequest request = builder.build();
    expected.forEach((name, values) -> assertThat(request.cookies(name)).isEqualTo(values));
    assertThat(request.cookies("")).isEmpty();
  }
}
