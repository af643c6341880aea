package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

@DisplayName("The BOM")
class BomTest {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final XPath XPATH = XPathFactory.newInstance().newXPath();

  @Test
  @DisplayName("names every artifact that is published, and nothing of anybody else's")
  void ownArtifactsAlone() throws Exception {
    Document bom = pom(ROOT.resolve("bom"));

    assertThat(texts(bom, "//dependencyManagement//artifactId"))
        .containsExactlyInAnyOrderElementsOf(publishedJars());
    assertThat(texts(bom, "//dependencyManagement//groupId")).containsOnly("dev.sallyport");
    assertThat(texts(bom, "/project/parent")).isEmpty();
    assertThat(texts(bom, "/project/version")).isEqualTo(texts(pom(ROOT), "/project/version"));
  }

  private static List<String> publishedJars() throws Exception {
    List<String> jars = new ArrayList<>();
    for (String module : texts(pom(ROOT), "/project/modules/module")) {
      Document pom = pom(ROOT.resolve(module));
      boolean jar = texts(pom, "/project/packaging").isEmpty();
      if (jar && !texts(pom, "/project/properties/maven.deploy.skip").contains("true")) {
        jars.addAll(texts(pom, "/project/artifactId"));
      }
    }
    return jars;
  }

  private static Document pom(Path folder) throws Exception {
    File file = folder.resolve("pom.xml").toFile();
    assertThat(Files.exists(file.toPath())).as("%s", file).isTrue();
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file);
  }

  private static List<String> texts(Document pom, String path) throws Exception {
    NodeList nodes = (NodeList) XPATH.evaluate(path, pom, XPathConstants.NODESET);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent().trim());
    }
    return texts;
  }
}
