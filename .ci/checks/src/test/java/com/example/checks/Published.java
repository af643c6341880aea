package com.example.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * An artifact as it lies in a repository. The files of a snapshot have a time in their names, so
 * the name of the POM says how all of them begin.
 */
record Published(String artifact, String version, Path folder, String prefix, Document pom) {
  /** All that a repository has of one group. */
  static List<Published> in(Path repository) throws IOException {
    List<Published> all = new ArrayList<>();
    for (Path artifact : folders(repository.resolve("dev/sallyport"))) {
      for (Path version : folders(artifact)) {
        List<Path> poms = files(version).stream().filter(Published::isPom).toList();
        if (poms.size() != 1) {
          throw new IOException(version + " has " + poms.size() + " POMs, not one");
        }
        String name = poms.get(0).getFileName().toString();
        all.add(
            new Published(
                artifact.getFileName().toString(),
                version.getFileName().toString(),
                version,
                name.substring(0, name.length() - ".pom".length()),
                parse(poms.get(0))));
      }
    }
    return all;
  }

  private static boolean isPom(Path file) {
    return file.toString().endsWith(".pom");
  }

  private static List<Path> folders(Path folder) throws IOException {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static Document parse(Path pom) throws IOException {
    try {
      return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(pom + " is no XML", e);
    }
  }

  /** What was made, without checksums, signatures and the repository's own lists. */
  List<Path> files() throws IOException {
    return files(folder).stream()
        .filter(file -> file.getFileName().toString().startsWith(prefix))
        .filter(file -> !file.toString().matches(".*\\.(asc|md5|sha1|sha256|sha512)"))
        .toList();
  }

  /** The file with a classifier and extension, as `-sources.jar`, or `.jar`. */
  Path file(String end) {
    return folder.resolve(prefix + end);
  }

  boolean isJar() {
    return text("/project/packaging").filter("pom"::equals).isEmpty();
  }

  Optional<String> text(String path) {
    return texts(path).stream().findFirst();
  }

  List<String> texts(String path) {
    try {
      NodeList nodes =
          (NodeList)
              XPathFactory.newInstance().newXPath().evaluate(path, pom, XPathConstants.NODESET);
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < nodes.getLength(); i++) {
        texts.add(nodes.item(i).getTextContent().strip());
      }
      return texts;
    } catch (XPathExpressionException e) {
      throw new IllegalArgumentException(path, e);
    }
  }
}
