package com.example.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The public API")
class ApiTest {
  private static final Path RECORDED = Project.ROOT.resolve("docs/api");
  private static final String HOW =
      "The public API of %s is not what docs/api/%s.txt says. If that is meant, record it with"
          + " `mvn -q -am -pl .ci/checks test -Dtest=ApiTest -Dapi.record=true`";

  static List<String> jars() throws IOException {
    return Project.jars();
  }

  @ParameterizedTest
  @MethodSource("jars")
  @DisplayName("is the recorded one")
  void recorded(String artifact) throws IOException {
    String api = ApiText.of(Project.classes(artifact));
    Path file = RECORDED.resolve(artifact + ".txt");
    if (Boolean.getBoolean("api.record")) {
      Files.createDirectories(RECORDED);
      Files.writeString(file, api);
    }
    assertThat(Files.readString(file).lines())
        .as(HOW, artifact, artifact)
        .containsExactlyElementsOf(api.lines().toList());
  }

  @Test
  @DisplayName("is recorded for nothing but what is published")
  void nothingElse() throws IOException {
    try (Stream<Path> files = Files.list(RECORDED)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".txt", "")))
          .containsExactlyInAnyOrderElementsOf(jars());
    }
  }
}
