package com.example.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the bills of materials say that a host gets, or that we compile against. */
@DisplayName("The licence of each dependency")
class LicencesTest {
  /** A library with one of several licences is used under the one that is here. */
  private static final Set<String> ALLOWED =
      Set.of(
          "Apache-2.0",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "CC0-1.0",
          "EPL-2.0",
          "MIT",
          "MIT-0",
          "Public Domain");

  static List<String> jars() throws IOException {
    return Project.jars();
  }

  static List<String> faults(JsonNode bom) {
    List<String> faults = new ArrayList<>();
    for (JsonNode component : bom.path("components")) {
      List<String> licences = new ArrayList<>();
      for (JsonNode licence : component.path("licenses")) {
        JsonNode id = licence.at("/license/id");
        licences.add((id.isTextual() ? id : licence.at("/license/name")).asText());
      }
      if (licences.stream().noneMatch(ALLOWED::contains)) {
        faults.add(component.path("name").asText() + ": " + licences);
      }
    }
    return faults;
  }

  @ParameterizedTest
  @MethodSource("jars")
  @DisplayName("is one of the list")
  void allowed(String artifact) throws IOException {
    Path bom = Project.target(artifact).resolve("bom.json");
    assumeThat(bom).as("made by `mvn verify`").exists();
    JsonNode read = new ObjectMapper().readTree(bom.toFile());
    assertThat(faults(read)).isEmpty();
    assertThat(read.path("components")).isNotEmpty();
  }

  @Test
  @DisplayName("is refused if it is another, or none")
  void refused() throws IOException {
    String bom =
        """
        {"components": [
          {"name": "a", "licenses": [{"license": {"id": "MIT"}}]},
          {"name": "b", "licenses": [{"license": {"id": "GPL-3.0-only"}}]},
          {"name": "c", "licenses": [{"license": {"name": "Ours"}}, {"license": {"id": "MIT"}}]},
          {"name": "d", "licenses": [{"license": {"name": "Ours"}}]},
          {"name": "e"}
        ]}
        """;
    assertThat(faults(new ObjectMapper().readTree(bom)))
        .containsExactly("b: [GPL-3.0-only]", "d: [Ours]", "e: []");
  }
}
