package com.example.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Finds the scheme as a host does: in a JVM of its own, on the class path and on the module path.
 */
class SeparateJvmTest {
  private static final String KEY = ApiKeys.generate(new SecureRandom());
  private static final String KEYS = "auth.api-key.keys=robot:" + ApiKeys.hash(KEY);
  private static final List<String> WORKS =
      List.of("AuthenticatorChain[api-key, basic]", "api-key robot", "basic alice");

  @Test
  @DisplayName("SP-1 a scheme in a JAR of its own is found on the class path")
  void classPath() throws Exception {
    List<String> lines = onClassPath("true", "auth.chain=api-key, basic", KEYS);
    assertThat(lines).first().isEqualTo("class path: " + WORKS.get(0));
    assertThat(lines).endsWith(WORKS.get(1), WORKS.get(2));
  }

  @Test
  @DisplayName("SP-1 a scheme in a JAR of its own is found on the module path")
  void modulePath() throws Exception {
    String modules = entries(entry -> !isTestClasses(entry));
    String tests = entries(SeparateJvmTest::isTestClasses);
    List<String> lines =
        run(
            List.of(
                "-p",
                modules,
                "--patch-module",
                "com.example.apikey=" + tests,
                "--add-modules",
                "dev.sallyport.testkit",
                "--add-reads",
                "com.example.apikey=dev.sallyport.testkit",
                "-m",
                "com.example.apikey/com.example.apikey.Probe"),
            List.of(KEY, "true", "auth.chain=api-key, basic", KEYS));
    assertThat(lines).first().isEqualTo("module path: " + WORKS.get(0));
    assertThat(lines).endsWith(WORKS.get(1), WORKS.get(2));
  }

  @Test
  @DisplayName("SP-2 a typo, an unknown scheme, a range fault and a missing store: one message")
  void allFaultsTogether() throws Exception {
    List<String> lines =
        onClassPath(
            "false",
            "auth.chain=api-key, basic, kerberos",
            "auth.basic.relm=x",
            "auth.passwords.cost=4",
            "auth.api-key.keys=robot:s3cret-value");
    assertThat(lines.get(0)).isEqualTo("The settings have 5 faults:");
    assertThat(lines)
        .anySatisfy(l -> assertThat(l).contains("auth.basic.relm: unknown key").contains("realm"))
        .anySatisfy(l -> assertThat(l).contains("no scheme 'kerberos'").contains("api-key, basic"))
        .anySatisfy(l -> assertThat(l).contains("auth.passwords.cost: '4'").contains("10 to 16"))
        .anySatisfy(l -> assertThat(l).contains("'basic' needs a CredentialStore"))
        .anySatisfy(l -> assertThat(l).contains("auth.api-key.keys: (its value is not shown)"))
        .noneSatisfy(l -> assertThat(l).contains("s3cret"));
  }

  private static List<String> onClassPath(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(KEY));
    all.addAll(List.of(arguments));
    return run(List.of("-cp", entries(entry -> true), "com.example.apikey.Probe"), all);
  }

  private static boolean isTestClasses(String entry) {
    return Path.of(entry).endsWith("test-classes");
  }

  private static String entries(Predicate<String> wanted) {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(wanted)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static List<String> run(List<String> options, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"));
    command.add("-Dsallyport.test.log=" + System.getProperty("sallyport.test.log") + ".probe");
    command.addAll(options);
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output.lines().toList();
  }
}
