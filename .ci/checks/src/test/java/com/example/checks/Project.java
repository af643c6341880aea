package com.example.checks;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The checkout that is built, and what of it is published. */
final class Project {
  static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  private static final Pattern ARTIFACT = Pattern.compile("<artifactId>([^<]+)</artifactId>");

  private Project() {}

  /** The artifacts that the BOM names, which are all JARs that are published. */
  static List<String> jars() throws IOException {
    String bom = Files.readString(ROOT.resolve("bom/pom.xml"));
    int end = bom.indexOf("</dependencyManagement>");
    Matcher matcher = ARTIFACT.matcher(bom.substring(bom.indexOf("<dependencyManagement>"), end));
    List<String> jars = new ArrayList<>();
    while (matcher.find()) {
      jars.add(matcher.group(1));
    }
    return jars;
  }

  /** The folder `target` of a module that is on the class path. */
  static Path target(String artifact) {
    Path classes = onClassPath(artifact);
    return classes.getParent();
  }

  /** What a module compiled: a folder, or the inside of its JAR. */
  static Path classes(String artifact) throws IOException {
    Path classes = onClassPath(artifact);
    if (Files.isDirectory(classes)) {
      return classes;
    }
    FileSystem jar = FileSystems.newFileSystem(classes);
    return jar.getPath("/");
  }

  private static Path onClassPath(String artifact) {
    // Surefire may start the JVM from a JAR that has the class path in its manifest only.
    String tests =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(tests)
        .filter(entry -> entry.replace('\\', '/').contains("/" + artifact + "/target/"))
        .findFirst()
        .map(Path::of)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    artifact
                        + " is in the BOM: name it in the dependencies of .ci/checks/pom.xml"));
  }
}
