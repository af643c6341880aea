package com.example.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.scheme.AuthConfiguration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SettingsPageTest {
  @Test
  @DisplayName("SP-2 docs/settings.md lists every key with its default, range and meaning")
  void listsEveryKey() {
    String table =
        AuthConfiguration.knownSettings().entrySet().stream()
            .map(
                entry ->
                    String.format(
                        "| `%s` | %s | %s | %s |",
                        entry.getKey(),
                        entry.getValue().fallback().isEmpty()
                            ? "–"
                            : "`" + entry.getValue().fallback() + "`",
                        entry.getValue().allowed(),
                        entry.getValue().meaning()))
            .collect(Collectors.joining("\n", "\n", "\n"));
    String page = Pages.read(Pages.ROOT.resolve("docs/settings.md"));
    assertThat(page.substring(page.indexOf("|---|---|---|---|") + "|---|---|---|---|".length()))
        .as("the table of docs/settings.md; put this in its place")
        .isEqualTo(table);
  }
}
