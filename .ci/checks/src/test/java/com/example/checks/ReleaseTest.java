package com.example.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@DisplayName("What is released")
@EnabledIfSystemProperty(
    named = "release.repository",
    matches = ".+",
    disabledReason = "for `mvn -Prelease verify`")
class ReleaseTest {
  @Test
  @DisplayName("is all that the BOM names, complete, signed, and as Maven Central asks")
  void rules() throws IOException {
    Set<String> artifacts = new HashSet<>(Project.jars());
    artifacts.addAll(List.of("sallyport-bom", "sallyport-parent"));
    Path key = Project.ROOT.resolve("target/signing-key.asc");
    assertThat(
            CentralRules.faults(
                Path.of(System.getProperty("release.repository")),
                artifacts,
                System.getProperty("release.version"),
                id -> SigningKey.ofBuild(key, id)))
        .isEmpty();
  }
}
