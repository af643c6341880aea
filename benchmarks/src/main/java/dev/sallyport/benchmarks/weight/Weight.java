package dev.sallyport.benchmarks.weight;

import dev.sallyport.benchmarks.Figure;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The compressed sizes of files in the JAR that this runs from. Those in META-INF don't count. */
public final class Weight {
  private static final String VERSIONS = "META-INF/versions/";

  private Weight() {}

  /**
   * Measures.
   *
   * @return the size of each library alone, and with what it needs; nothing if there is no JAR
   */
  public static List<Figure> measure() throws IOException, URISyntaxException {
    Path jar = Path.of(Weight.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<Figure> figures = new ArrayList<>();
    if (!Files.isRegularFile(jar)) {
      System.out.println("No sizes: run it from the JAR");
      return figures;
    }
    Map<String, Long> sizes = sizes(jar);
    List<Library> present =
        Library.all().stream()
            .filter(library -> sizes.keySet().stream().anyMatch(p -> p.startsWith(library.mark())))
            .toList();
    present.forEach(each -> figures.add(figure("in a JAR, alone", each, sizes, each::isOwn)));
    present.forEach(
        each -> figures.add(figure("in a JAR, with what it needs", each, sizes, each::isNeeded)));
    return figures;
  }

  private static Map<String, Long> sizes(Path jar) throws IOException {
    Map<String, Long> sizes = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        sizes.merge(path(entry.getName()), entry.getCompressedSize(), Long::sum);
      }
    }
    return sizes;
  }

  /** A class for a later Java is its package's too. */
  private static String path(String name) {
    return name.startsWith(VERSIONS)
        ? name.substring(name.indexOf('/', VERSIONS.length()) + 1)
        : name;
  }

  private static Figure figure(
      String what, Library library, Map<String, Long> sizes, Predicate<String> which) {
    long bytes =
        sizes.entrySet().stream()
            .filter(entry -> which.test(entry.getKey()))
            .mapToLong(Map.Entry::getValue)
            .sum();
    return new Figure(what, "kB", library.name(), bytes / 1000.0);
  }
}
