package com.example.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The JDKs of this machine. */
final class Jdks {
  private static final Path FOLDER = Path.of("/usr/lib/jvm");

  private Jdks() {}

  /** The oldest that the library supports, 17, and the newest, by their major version. */
  static Map<Integer, Path> ends() throws IOException {
    TreeMap<Integer, Path> found = new TreeMap<>();
    Set<Path> homes = new LinkedHashSet<>();
    homes.add(Path.of(System.getProperty("java.home")));
    if (Files.isDirectory(FOLDER)) {
      try (Stream<Path> inside = Files.list(FOLDER)) {
        inside.sorted().forEach(homes::add);
      }
    }
    homes.stream()
        .filter(home -> Files.isExecutable(home.resolve("bin/javac")))
        .filter(home -> Files.exists(home.resolve("release")))
        .forEach(home -> found.putIfAbsent(major(home), home));
    TreeMap<Integer, Path> ends = new TreeMap<>();
    ends.put(found.lastKey(), found.lastEntry().getValue());
    if (found.containsKey(17)) {
      ends.put(17, found.get(17));
    }
    return ends;
  }

  private static int major(Path home) {
    Properties release = new Properties();
    try (var in = Files.newBufferedReader(home.resolve("release"))) {
      release.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Runtime.Version.parse(release.getProperty("JAVA_VERSION").replace("\"", "")).feature();
  }
}
