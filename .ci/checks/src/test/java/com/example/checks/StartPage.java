package com.example.checks;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Somebody who does what docs/start.md says, in an empty folder, with the artifacts of a
 * repository. Only the port is another.
 */
final class StartPage implements AutoCloseable {
  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w+)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final String READY = "Listening on http://127.0.0.1:";

  private static final List<String> SECRET_OR_OURS =
      List.of("MAVEN_GPG_KEY", "MAVEN_GPG_PASSPHRASE", "MAVEN_OPTS");

  private final String page;
  private final Path folder;
  private final Path jdk;
  private final Path settings;
  private final int port;
  private final List<Process> started = new ArrayList<>();

  /** Writes the files of the page's steps 2 and 3. */
  StartPage(Path folder, Path jdk, Path repository, Path local) throws IOException {
    this.folder = folder;
    this.jdk = jdk;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    page = Files.readString(Project.ROOT.resolve("docs/start.md"));
    Files.createDirectories(folder);
    settings = Files.writeString(folder.resolve("settings.xml"), settings(repository, local));
    write("pom.xml", block("xml", "<project"));
    write("src/main/java/com/example/start/App.java", block("java", "package com.example.start;"));
  }

  /** Adds what the page says about modules. */
  void addModule() throws IOException {
    write("src/main/java/module-info.java", block("java", "// src/main/java/module-info.java"));
  }

  private void write(String file, String content) throws IOException {
    Files.createDirectories(folder.resolve(file).getParent());
    Files.writeString(folder.resolve(file), content.replace("8080", Integer.toString(port)));
  }

  private String block(String language, String beginning) {
    return blocks(language, page).stream()
        .filter(block -> block.startsWith(beginning))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("docs/start.md has no " + beginning));
  }

  private static List<String> blocks(String language, String text) {
    Matcher matcher = BLOCK.matcher(text);
    List<String> blocks = new ArrayList<>();
    while (matcher.find()) {
      if (matcher.group(1).equals(language)) {
        blocks.add(matcher.group(2));
      }
    }
    return blocks;
  }

  /** The commands below a heading. */
  private List<String> commands(String heading) {
    String behind = page.substring(page.indexOf("\n" + heading + "\n") + 1);
    int next = behind.indexOf("\n## ");
    return blocks("sh", next < 0 ? behind : behind.substring(0, next));
  }

  /** Starts the server by the command below a heading, and waits until it listens. */
  void run(String heading) throws IOException {
    String command = commands(heading).get(0).strip();
    if (!command.startsWith("mvn ")) {
      throw new IllegalStateException(heading + " does not begin with Maven: " + command);
    }
    String maven = System.getProperty("release.maven") + " -B -s " + settings + " ";
    Process server = shell(maven + command.substring("mvn ".length())).start();
    started.add(server);
    // It ends with the process, and what comes after the line fits into the pipe.
    BufferedReader out = server.inputReader();
    StringBuilder said = new StringBuilder();
    String line = out.readLine();
    while (line != null && !line.startsWith(READY)) {
      said.append(line).append('\n');
      line = out.readLine();
    }
    if (line == null) {
      throw new IllegalStateException(command + " ended:\n" + said);
    }
  }

  /** Does what the page does with curl, in one shell, and returns what is printed. */
  String tryIt() throws IOException, InterruptedException {
    String commands = String.join("\n", commands("## 5. Try it"));
    String script = "set -eu\n" + commands.replace("8080", Integer.toString(port));
    // Where curl says how far it is.
    Path log = folder.resolve("curl.log");
    Process process = shell(script).redirectErrorStream(false).redirectError(log.toFile()).start();
    started.add(process);
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("the commands failed:\n" + printed + Files.readString(log));
    }
    return printed;
  }

  private ProcessBuilder shell(String script) {
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", script).directory(folder.toFile());
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().put("PATH", jdk.resolve("bin") + ":" + System.getenv("PATH"));
    builder.environment().keySet().removeAll(SECRET_OR_OURS);
    return builder.redirectErrorStream(true);
  }

  @Override
  public void close() {
    for (Process process : started) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /**
   * A local repository of its own, so that ours come from the release. What this build has already
   * fetched of others is taken from there, the rest from Maven Central.
   */
  private static String settings(Path repository, Path local) {
    String ours = repository("release", repository);
    String fetched = repository("fetched", Path.of(System.getProperty("release.local")));
    return """
        <settings>
          <localRepository>%s</localRepository>
          <profiles><profile><id>release</id>
            <repositories>%s%s</repositories>
            <pluginRepositories>%s</pluginRepositories>
          </profile></profiles>
          <activeProfiles><activeProfile>release</activeProfile></activeProfiles>
        </settings>
        """
        .formatted(local, ours, fetched, fetched.replace("repository>", "pluginRepository>"));
  }

  private static String repository(String id, Path folder) {
    return "<repository><id>" + id + "</id><url>" + folder.toUri() + "</url></repository>";
  }
}
