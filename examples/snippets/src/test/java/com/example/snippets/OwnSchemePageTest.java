package com.example.snippets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Does what docs/write-your-own-scheme.md says, in an empty folder. */
class OwnSchemePageTest {
  private static final Path PAGE = Pages.ROOT.resolve("docs/write-your-own-scheme.md");
  private static final Pattern NAMED = Pattern.compile("(?://|#|<!--) ([\\w./-]+)(?: -->)?\\n");

  @Test
  @DisplayName("SP-1 the scheme of the page compiles, is found by its name and keeps the contract")
  void thePageWorks(@TempDir Path folder) throws Exception {
    List<String> sources = new ArrayList<>();
    for (String language : List.of("xml", "java", "text")) {
      for (String block : Pages.blocks(PAGE, language)) {
        Matcher matcher = NAMED.matcher(block);
        assertThat(matcher.lookingAt()).as("the first line names the file:\n%s", block).isTrue();
        Path file = folder.resolve(matcher.group(1));
        Files.createDirectories(file.getParent());
        Files.writeString(file, block.substring(matcher.end()));
        if (language.equals("java")) {
          sources.add(file.toString());
        }
      }
    }
    assertThat(sources).hasSize(3);

    Path classes = Files.createDirectory(folder.resolve("classes"));
    List<String> arguments = new ArrayList<>(List.of("-d", classes.toString(), "--release", "17"));
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
    arguments.addAll(sources);
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(status).isZero();

    URL[] path = {classes.toUri().toURL(), folder.resolve("src/main/resources").toUri().toURL()};
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(path, before)) {
      thread.setContextClassLoader(loader);
      SummaryGeneratingListener summary = new SummaryGeneratingListener();
      LauncherFactory.create()
          .execute(
              LauncherDiscoveryRequestBuilder.request()
                  .selectors(selectClass(loader.loadClass("org.acme.AcmeContractTest")))
                  .build(),
              summary);
      assertThat(summary.getSummary().getFailures()).isEmpty();
      assertThat(summary.getSummary().getTestsSucceededCount()).isEqualTo(11);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  @DisplayName("the pom of the page names the versions that this project uses")
  void thePomIsUpToDate() {
    assertThat(Pages.staleVersions(PAGE)).isEmpty();
  }
}
