package com.example.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Gives each fuzz target what the fuzzer starts from and what it has found: the files in the folder
 * of the target's name.
 */
class ReplayTest {
  private static final Map<String, Target> TARGETS =
      new TreeMap<>(
          Map.of("JwsFuzz", JwsFuzz::fuzzerTestOneInput, "JwkFuzz", JwkFuzz::fuzzerTestOneInput));

  private interface Target {
    void run(byte[] input) throws Exception;
  }

  @TestFactory
  Stream<DynamicTest> replays() {
    return TARGETS.entrySet().stream()
        .flatMap(
            target ->
                inputs(target.getKey()).stream()
                    .map(
                        input ->
                            dynamicTest(
                                target.getKey() + "/" + input.getFileName(),
                                () -> target.getValue().run(Files.readAllBytes(input)))));
  }

  private static List<Path> inputs(String target) {
    try (Stream<Path> files = Files.list(Path.of(ReplayTest.class.getResource(target).toURI()))) {
      List<Path> inputs = files.sorted().toList();
      assertThat(inputs).isNotEmpty();
      return inputs;
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
