package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a module loads by name is in its metadata for native images: a file that isn't would be
 * missing there, and only there.
 */
@DisplayName("The reachability metadata of each module")
class NativeMetadataTest {
  private static final Path ROOT = Path.of("../..");
  private static final Pattern GLOB = Pattern.compile("\"glob\": \"([^\"]+)\"");
  private static final Pattern TYPE = Pattern.compile("\"type\": \"([^\"]+)\"");

  /** Where code finds something by a name that the compiler doesn't see. */
  private static final Pattern BY_NAME =
      Pattern.compile(
          "getResourceAsStream\\(|getResource\\(\"|Class\\.forName\\(|getMethod\\([^)]");

  static Stream<Path> modules() throws IOException {
    List<Path> modules;
    try (Stream<Path> schemes = Files.list(ROOT);
        Stream<Path> adapters = Files.list(ROOT.resolve("adapters"))) {
      modules =
          Stream.concat(schemes, adapters)
              .filter(module -> module.getFileName().toString().startsWith("auth-"))
              .filter(module -> !module.endsWith("auth-testkit"))
              .toList();
    }
    assertThat(modules).hasSizeGreaterThan(8);
    return modules.stream();
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String metadata(Path module) {
    Path file =
        module.resolve(
            "src/main/resources/META-INF/native-image/dev.sallyport/%s/reachability-metadata.json"
                .formatted(module.getFileName()));
    return Files.exists(file) ? text(file) : "";
  }

  private static List<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult found) -> found.group(1)).toList();
  }

  /** Those that are read at run time; Spring's own are read when an image is built. */
  private static List<Path> resources(Path module) {
    Path folder = module.resolve("src/main/resources");
    return files(folder).stream()
        .map(folder::relativize)
        .filter(file -> !file.toString().matches("META-INF/(native-image/.*|spring.*)"))
        .filter(file -> !file.toString().endsWith("LICENSE.txt"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("modules")
  @DisplayName("names each file that is loaded, and no file that isn't there")
  void resourcesAreNamed(Path module) {
    List<String> globs = all(GLOB, metadata(module));
    List<Path> resources = resources(module);
    assertThat(resources)
        .allSatisfy(file -> assertThat(globs).anyMatch(glob -> matches(glob, file)));
    assertThat(globs)
        .allSatisfy(glob -> assertThat(resources).anyMatch(file -> matches(glob, file)));
  }

  private static boolean matches(String glob, Path file) {
    return FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(file);
  }

  @ParameterizedTest
  @MethodSource("modules")
  @DisplayName("names each provider of a scheme or a store")
  void providersAreNamed(Path module) {
    List<String> types = all(TYPE, metadata(module));
    for (Path file : files(module.resolve("src/main/resources/META-INF/services"))) {
      assertThat(types).containsAll(text(file).lines().toList());
    }
  }

  @ParameterizedTest
  @MethodSource("modules")
  @DisplayName("is there where code loads something by name")
  void codeThatLoads(Path module) {
    boolean loads =
        files(module.resolve("src/main/java")).stream()
            .anyMatch(file -> BY_NAME.matcher(text(file)).find());
    assertThat(metadata(module).isEmpty())
        .as("%s loads something by name and has no metadata", module.getFileName())
        .isEqualTo(!loads && resources(module).isEmpty());
  }
}
