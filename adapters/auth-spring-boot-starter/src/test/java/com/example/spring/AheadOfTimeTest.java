package com.example.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.aot.AotServices;
import org.springframework.boot.SpringApplicationAotProcessor;
import org.springframework.context.aot.AbstractAotProcessor.Settings;

/** As Boot's build does it for a native image; what comes of it runs on the JVM as well. */
@DisplayName("Spring Boot: processed ahead of time")
class AheadOfTimeTest {
  private static final String[] ARGUMENTS = {
    "--server.port=0",
    "--auth.transport=optional-on-loopback-for-development",
    "--sallyport.users.alice.password=" + RunningApp.PASSWORD,
    "--sallyport.users.bob.password=" + RunningApp.PASSWORD,
    "--sallyport.users.bob.roles=admin",
    "--spring.main.banner-mode=off",
    "--spring.autoconfigure.exclude=" + RunningApp.NO_JETTY + "," + RunningApp.NO_DATA_SOURCE
  };

  @TempDir private static Path folder;

  @BeforeAll
  static void process() throws IOException {
    Quiet.hosts();
    Settings settings =
        Settings.builder()
            .sourceOutput(folder.resolve("sources"))
            .resourceOutput(folder.resolve("classes"))
            .classOutput(folder.resolve("classes"))
            .groupId("com.example")
            .artifactId("aot")
            .build();
    new SpringApplicationAotProcessor(AotApplication.class, settings, ARGUMENTS).process();
    compile();
  }

  private static void compile() throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("-proc:none", "-nowarn", "-d", folder.resolve("classes").toString()));
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
    try (Stream<Path> sources = Files.walk(folder.resolve("sources"))) {
      sources
          .map(Path::toString)
          .filter(source -> source.endsWith(".java"))
          .forEach(arguments::add);
    }
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(result).isZero();
  }

  private static String metadata() throws IOException {
    return Files.readString(
        folder.resolve("classes/META-INF/native-image/com.example/aot/reachability-metadata.json"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev.sallyport.spring.SallyportProperties",
        "dev.sallyport.spring.SallyportProperties$DevelopmentUser",
        "dev.sallyport.spring.SallyportProperties$Jdbc",
        "dev.sallyport.spring.ConfigurationFailureAnalyzer",
        "org.springframework.web.servlet.DispatcherServlet",
        "com.example.spring.AotApplication$Handlers",
        "com.example.spring.AotApplication$Inherited",
        "com.example.spring.AotApplication$AdminsOnly"
      })
  @DisplayName("what is bound, analysed, looked up or annotated stays visible in a native image")
  void visible(String type) throws IOException {
    assertThat(metadata()).contains("\"type\": \"" + type + "\"");
  }

  @Test
  @DisplayName("the starter's hints have what it looks up by name")
  void hints() {
    RuntimeHints hints = new RuntimeHints();
    List<RuntimeHintsRegistrar> ours =
        AotServices.factories().load(RuntimeHintsRegistrar.class).stream()
            .filter(registrar -> registrar.getClass().getName().startsWith("dev.sallyport."))
            .toList();
    assertThat(ours).isNotEmpty();
    ours.forEach(registrar -> registrar.registerHints(hints, getClass().getClassLoader()));
    assertThat(
            RuntimeHintsPredicates.reflection()
                .onType(TypeReference.of("org.springframework.web.servlet.DispatcherServlet")))
        .accepts(hints);
  }

  @Test
  @Timeout(120)
  @DisplayName("AD-8 the application that was processed guards as it did before")
  void guards() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Dspring.aot.enabled=true", "-Dlogging.level.root=error"));
    command.addAll(
        List.of(
            "-cp",
            folder.resolve("classes")
                + File.pathSeparator
                + System.getProperty("java.class.path")));
    command.add(AotApplication.class.getName());
    command.addAll(List.of(ARGUMENTS));
    Process application = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String root = "http://localhost:" + port(application);
      assertThat(status(root + "/open", null)).isEqualTo(200);
      assertThat(status(root + "/auth/me", null)).isEqualTo(401);
      assertThat(status(root + "/auth/me", "alice")).isEqualTo(200);
      for (String path : List.of("/admin", "/secret")) {
        assertThat(status(root + path, null)).isEqualTo(401);
        assertThat(status(root + path, "alice")).isEqualTo(403);
        assertThat(status(root + path, "bob")).isEqualTo(200);
      }
    } finally {
      application.destroyForcibly().waitFor();
    }
  }

  private static String port(Process application) throws IOException {
    StringBuilder said = new StringBuilder();
    for (String line; (line = application.inputReader().readLine()) != null; ) {
      if (line.startsWith(AotApplication.READY)) {
        return line.substring(AotApplication.READY.length());
      }
      said.append(line).append('\n');
    }
    throw new AssertionError("The application didn't start: " + said);
  }

  private static int status(String url, @Nullable String user)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    if (user != null) {
      request.header("Authorization", RunningApp.basic(user, RunningApp.PASSWORD));
    }
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
