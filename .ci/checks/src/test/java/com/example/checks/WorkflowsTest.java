package com.example.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The workflows")
class WorkflowsTest {
  private static final Path GITHUB = Project.ROOT.resolve(".github");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final String GOOD =
      """
      on: [push]
      permissions:
        contents: read
      jobs:
        build:
          timeout-minutes: 5
          steps:
            - uses: actions/checkout@0123456789abcdef0123456789abcdef01234567 # v1
              with:
                persist-credentials: false
            - uses: ./local
            - run: echo "$TITLE"
              env:
                TITLE: ${{ github.event.pull_request.title }}
      """;

  static List<Path> workflows() throws IOException {
    try (Stream<Path> files = Files.list(GITHUB.resolve("workflows"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("workflows")
  @DisplayName("pin their actions, say their rights, and run nobody's text")
  void ours(Path workflow) throws IOException {
    assertThat(WorkflowRules.faults(YAML.readTree(workflow.toFile()))).isEmpty();
  }

  @Test
  @DisplayName("are kept up to date by Dependabot, as the dependencies are")
  void updates() throws IOException {
    JsonNode config = YAML.readTree(GITHUB.resolve("dependabot.yml").toFile());
    assertThat(config.findValuesAsText("package-ecosystem"))
        .containsExactlyInAnyOrder("maven", "github-actions");
    assertThat(workflows()).hasSizeGreaterThanOrEqualTo(4);
  }

  @Test
  @DisplayName("may be as the rules want them")
  void good() throws IOException {
    assertThat(WorkflowRules.faults(YAML.readTree(GOOD))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("bad")
  @DisplayName("are refused with an action by name, rights unsaid, or a stranger's text")
  void refused(String before, String after, String fault) throws IOException {
    assertThat(GOOD).contains(before);
    assertThat(WorkflowRules.faults(YAML.readTree(GOOD.replace(before, after))))
        .singleElement()
        .asString()
        .contains(fault);
  }

  static Stream<Arguments> bad() {
    String hash = "0123456789abcdef0123456789abcdef01234567";
    return Stream.of(
        Arguments.of(hash, "v4", "is not pinned"),
        Arguments.of(hash, "main", "is not pinned"),
        Arguments.of(hash, hash.substring(1), "is not pinned"),
        Arguments.of(hash, hash.replace('a', 'g'), "is not pinned"),
        Arguments.of("uses: ./local", "uses: docker://alpine:3", "is not pinned"),
        Arguments.of("permissions:\n  contents: read\n", "", "no top-level permissions"),
        Arguments.of("permissions:\n  contents: read", "permissions: write-all", "no top-level"),
        Arguments.of("contents: read", "contents: write", "is not read"),
        Arguments.of("    timeout-minutes: 5\n", "", "no timeout-minutes"),
        Arguments.of("\"$TITLE\"", "${{ github.head_ref }}", "an expression in run"),
        Arguments.of("persist-credentials: false", "fetch-depth: 0", "leaves its token"),
        Arguments.of("[push]", "[push, pull_request_target]", "with our rights"),
        Arguments.of("on: [push]", "on:\n  workflow_run: {}", "with our rights"),
        Arguments.of("on: [push]", "on: pull_request_target", "with our rights"));
  }
}
