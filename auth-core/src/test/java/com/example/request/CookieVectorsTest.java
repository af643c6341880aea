package com.example.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.AuthRequest;
import dev.sallyport.SetCookie;
import dev.sallyport.testkit.TestRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Cookies that others have published. */
class CookieVectorsTest {
  private static List<JsonNode> cases(String part, int count) throws IOException {
    String folder = System.getProperty("vectors.dir");
    assumeTrue(folder != null, "vectors.dir is not given: no cookie vectors are read");
    Path path = Path.of(folder, "cookie", "cookie_server_side.json");
    JsonNode cases = new ObjectMapper().readTree(Files.readString(path)).get(part);
    assertThat(cases).hasSize(count);
    return StreamSupport.stream(cases.spliterator(), false).toList();
  }

  private static AuthRequest request(JsonNode vector) {
    TestRequest request = TestRequest.get("/");
    vector.get("cookie").forEach(line -> request.header("Cookie", line.asText()));
    return request.build();
  }

  @Test
  @DisplayName("SE-8, row 25 the 19 Cookie fields hold the pairs that they hold, and no others")
  void requests() throws IOException {
    for (JsonNode vector : cases("request_cookie", 19)) {
      AuthRequest request = request(vector);
      Map<String, List<String>> expected = new LinkedHashMap<>();
      switch (vector.get("id").asText()) {
        case "js-6" -> expected.putAll(Map.of("foo", List.of("%1", "boo"), "bar", List.of("bar")));
        case "js-7" ->
            expected.putAll(Map.of("foo", List.of("false", "true"), "bar", List.of("bar")));
        // Go refuses the value; here it is what it is, and nothing that was ever written.
        case "go-p5" -> expected.put("k1", List.of("\\"));
        case "go-p3", "go-p4" -> assertThat(vector.get("result").asText()).isEqualTo("invalid");
        default -> {
          assertThat(vector.get("result").asText()).isEqualTo("valid");
          vector
              .get("pairs")
              .forEach(p -> expected.put(p.get(0).asText(), List.of(p.get(1).asText())));
        }
      }
      for (String name : names(request, expected)) {
        assertThat(request.cookies(name))
            .as("%s: %s", vector.get("id"), name)
            .isEqualTo(expected.getOrDefault(name, List.of()));
      }
    }
    assertThatIllegalArgumentException().isThrownBy(() -> SetCookie.forHost("__Host-k1", "\\"));
  }

  /** The names that are expected, and whatever else could be taken for one. */
  private static List<String> names(AuthRequest request, Map<String, List<String>> expected) {
    List<String> names = new ArrayList<>(expected.keySet());
    names.addAll(List.of("", "whatever", "fizz", "buzz", "raz", "v1", "k1"));
    for (String line : request.headers("Cookie")) {
      names.addAll(List.of(line.split("[=;, \t]+", -1)));
    }
    return names;
  }

  @Test
  @DisplayName("SE-1, row 25 of the 8 prefixed lines only those that browsers take can be built")
  void prefixes() throws IOException {
    List<SetCookie> built =
        Stream.of(
                SetCookie.forHost("__Host-SID", "12345"),
                SetCookie.forPath("__Secure-SID", "12345", "/"),
                SetCookie.forPath("__Secure-SID", "12345", "/auth"))
            .flatMap(c -> Stream.of(c, c.expired(), c.lasting(Duration.ofDays(1))))
            .toList();
    for (SetCookie cookie : built) {
      assertThat(attributes(cookie.header()))
          .contains("secure")
          .noneMatch(attribute -> attribute.startsWith("domain"));
      if (cookie.name().startsWith("__Host-")) {
        assertThat(attributes(cookie.header())).contains("path=/");
      }
    }
    int canBeBuilt = 0;
    for (JsonNode vector : cases("prefix_examples", 8)) {
      String line = vector.get("set_cookie").asText();
      boolean refused = vector.get("result").asText().equals("rejected-by-UA");
      boolean found = built.stream().anyMatch(cookie -> saysAsMuch(cookie, line));
      assertThat(refused && found).as(line).isFalse();
      canBeBuilt += found ? 1 : 0;
    }
    assertThat(canBeBuilt).isEqualTo(1);
  }

  /** Whether it says the same of what the prefixes are about. */
  private static boolean saysAsMuch(SetCookie cookie, String line) {
    List<String> attributes = attributes(line);
    return line.startsWith(cookie.name() + "=")
        && Stream.of("secure", "path=/")
            .allMatch(a -> attributes.contains(a) == attributes(cookie.header()).contains(a))
        && attributes.stream().noneMatch(attribute -> attribute.startsWith("domain"));
  }

  private static List<String> attributes(String line) {
    return Stream.of(line.split(";"))
        .skip(1)
        .map(attribute -> attribute.strip().toLowerCase(Locale.ROOT))
        .toList();
  }

  @Test
  @DisplayName("SE-1, row 25 what may be written is written as it is")
  void writes() throws IOException {
    for (JsonNode vector : cases("write_ok", 2)) {
      String name = vector.get("name").asText();
      String value = vector.get("value").asText();
      String raw = vector.get("raw").asText();
      assertThat(SetCookie.insecureForDevelopment(name, value).header()).startsWith(raw + "; ");
      assertThat(SetCookie.forHost("__Host-" + name, value).header())
          .startsWith("__Host-" + raw + "; ");
      assertThat(SetCookie.forPath("__Secure-" + name, value, "/").header())
          .startsWith("__Secure-" + raw + "; ");
    }
  }

  @Test
  @DisplayName("SE-1, row 25 the 16 bad names and values are refused, behind a prefix as well")
  void refuses() throws IOException {
    for (JsonNode vector : cases("bad_names_values", 16)) {
      String value = vector.get("value").asText();
      for (String prefix : List.of("", "__Host-", "__Secure-")) {
        String name = prefix + vector.get("name").asText();
        assertThatIllegalArgumentException()
            .as(vector.toString())
            .isThrownBy(() -> SetCookie.forHost(name, value));
        assertThatIllegalArgumentException()
            .as(vector.toString())
            .isThrownBy(() -> SetCookie.forPath(name, value, "/"));
        assertThatIllegalArgumentException()
            .as(vector.toString())
            .isThrownBy(() -> SetCookie.insecureForDevelopment(name, value));
      }
    }
  }
}
