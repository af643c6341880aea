package com.example.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * In a host of Maven, a version that Boot manages counts before one that comes with a dependency.
 * So it is enough that what the starter brings is managed by Boot, or not known to it at all.
 */
@DisplayName("Spring Boot: no version of Boot's is changed")
class VersionsTest {
  private static final Pattern DEPENDENCY =
      Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL);
  private static final Pattern GROUP = Pattern.compile("<groupId>(.*?)</groupId>");
  private static final Pattern NAME = Pattern.compile("<artifactId>(.*?)</artifactId>");

  private static String withoutManaged(Path pom) throws IOException {
    return Files.readString(pom)
        .replaceAll("(?s)<dependencyManagement>.*?</dependencyManagement>", "")
        .replaceAll("(?s)<(plugins|profiles|exclusions)>.*?</\\1>", "");
  }

  private static String first(Pattern pattern, String text) {
    return pattern.matcher(text).results().findFirst().orElseThrow().group(1);
  }

  /** What comes along with a module at run time, and what the modules bring that come with it. */
  private static Set<String> brought() throws IOException {
    Set<String> foreign = new TreeSet<>();
    Set<String> seen = new TreeSet<>();
    Deque<Path> poms = new ArrayDeque<>(Set.of(Path.of("pom.xml")));
    while (!poms.isEmpty()) {
      for (MatchResult found :
          DEPENDENCY.matcher(withoutManaged(poms.remove())).results().toList()) {
        String dependency = found.group(1);
        String name = first(NAME, dependency);
        if (dependency.matches("(?s).*<(scope>(test|provided)|optional>true)<.*")) {
          continue;
        }
        if (!first(GROUP, dependency).equals("dev.sallyport")) {
          foreign.add(first(GROUP, dependency) + ":" + name);
        } else if (seen.add(name)) {
          Path adapter = Path.of("../" + name + "/pom.xml");
          poms.add(Files.exists(adapter) ? adapter : Path.of("../../" + name + "/pom.xml"));
        }
      }
    }
    return foreign;
  }

  /** Boot's list of versions lies beside Boot's JAR. */
  private static String managedByBoot() throws IOException {
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path jar = Path.of(entry);
      if (entry.matches(".*spring-boot-[0-9.]+\\.jar")) {
        String version = jar.getParent().getFileName().toString();
        return Files.readString(
            jar.resolve(
                    "../../../spring-boot-dependencies/%1$s/spring-boot-dependencies-%1$s.pom"
                        .formatted(version))
                .normalize());
      }
    }
    throw new AssertionError("no spring-boot.jar on the class path");
  }

  @Test
  @DisplayName("what the starter brings is managed by Boot, or unknown to it")
  void versions() throws IOException {
    assertThat(brought())
        .containsExactly(
            "at.favre.lib:bcrypt",
            "com.fasterxml.jackson.core:jackson-databind",
            "org.slf4j:slf4j-api");
    assertThat(managedByBoot())
        .contains(
            "<artifactId>slf4j-api</artifactId>", "<version>${jackson-2-bom.version}</version>")
        .doesNotContain("<groupId>at.favre.lib</groupId>");
  }
}
