package com.example.jwt;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;

/** Conformance vectors of third parties, where a folder of them is named. */
final class Vectors {
  private Vectors() {}

  static JsonNode read(String... path) throws IOException {
    String folder = System.getProperty("vectors.dir");
    assumeTrue(folder != null, "skipped: -Dvectors.dir names no folder of conformance vectors");
    return new ObjectMapper().readTree(Path.of(folder, path).toFile());
  }
}
