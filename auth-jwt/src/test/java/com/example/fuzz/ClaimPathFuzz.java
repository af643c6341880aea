package com.example.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.jwt.token.ClaimPath;
import dev.sallyport.jwt.token.VerifiedJwt;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The input is a path of claims as settings have it: it is refused, or finds what it names. */
public final class ClaimPathFuzz {
  private ClaimPathFuzz() {}

  /** A path. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    ClaimPath path;
    try {
      path = ClaimPath.parse(text);
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
      return;
    }
    String[] names = text.split(" ", -1);
    assertThat(VerifiedJwt.REGISTERED_CLAIMS).doesNotContain(names[0]);
    assertThat(path.toString()).isEqualTo(text);
    Object found = "found";
    for (int i = names.length - 1; i >= 0; i--) {
      assertThat(names[i]).isNotEmpty();
      found = around(names[i], found);
    }
    assertThat(path.in(objects(found))).isEqualTo(Optional.of("found"));
    assertThat(path.in(Map.of())).isEmpty();
  }

  private static Map<String, Object> around(String name, Object value) {
    Map<String, Object> object = new HashMap<>();
    object.put(name, value);
    object.put(name + "'", "another");
    return object;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, ?> objects(Object value) {
    return (Map<String, ?>) value;
  }
}
