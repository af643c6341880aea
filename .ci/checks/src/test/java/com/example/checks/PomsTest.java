package com.example.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The POMs")
class PomsTest {
  private static final String FOREIGN_PARENT =
      "(?s)<parent>\\s*<groupId>(?!dev\\.sallyport<).*?</parent>";

  private static final String UNPUBLISHED = "<maven.deploy.skip>true</maven.deploy.skip>";
  private static final Pattern PLUGIN =
      Pattern.compile("<artifactId>(maven-\\w+-plugin)</artifactId>\\s*<version>([^<]+)</version>");

  private static List<Path> poms() throws IOException {
    try (Stream<Path> files = Files.walk(Project.ROOT)) {
      return files
          .filter(file -> file.endsWith("pom.xml"))
          .filter(file -> !file.toString().contains("/target/"))
          .toList();
    }
  }

  private static String first(String text, String element) {
    Matcher matcher = Pattern.compile("<" + element + ">([^<]+)</" + element + ">").matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }

  private static boolean isPublished(Path pom) throws IOException {
    String text = Files.readString(pom);
    String parent = first(text, "relativePath");
    Path above = pom.resolveSibling(parent.isEmpty() ? "../pom.xml" : parent);
    return !text.contains(UNPUBLISHED) && (!text.contains("<parent>") || isPublished(above));
  }

  @Test
  @DisplayName("of all that the BOM does not name say that they are not published")
  void unpublished() throws IOException {
    List<String> published = new ArrayList<>();
    for (Path pom : poms()) {
      if (isPublished(pom)) {
        String own = Files.readString(pom).replaceFirst("(?s)<parent>.*?</parent>", "");
        published.add(first(own, "artifactId"));
      }
    }
    List<String> expected = new ArrayList<>(Project.jars());
    expected.addAll(List.of("sallyport-bom", "sallyport-parent"));
    assertThat(published).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  @DisplayName("have one version, and so have the plugins of the BOM, which has no parent")
  void versions() throws IOException {
    String parent = Files.readString(Project.ROOT.resolve("pom.xml"));
    for (Path pom : poms()) {
      String ours = Files.readString(pom).replaceFirst(FOREIGN_PARENT, "");
      assertThat(first(ours, "version")).as(pom.toString()).isEqualTo(first(parent, "version"));
    }
    Matcher plugins = PLUGIN.matcher(Files.readString(Project.ROOT.resolve("bom/pom.xml")));
    int found = 0;
    while (plugins.find()) {
      assertThat(parent).containsIgnoringWhitespaces(plugins.group());
      found++;
    }
    assertThat(found).isEqualTo(2);
  }
}
