package com.example.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyDecryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The rules of a release")
class CentralRulesTest {
  private static final Set<String> ARTIFACTS = Set.of("one", "two");
  private static final String PARENT =
      """
      <project>
        <artifactId>one</artifactId>
        <version>1.0.0</version>
        <packaging>pom</packaging>
        <name>One</name>
        <description>The parent.</description>
        <url>https://one.example</url>
        <licenses><license><name>A</name><url>https://one.example/l</url></license></licenses>
        <developers><developer><name>D</name></developer></developers>
        <scm>
          <connection>c</connection><developerConnection>d</developerConnection><url>u</url>
        </scm>
      </project>
      """;
  private static final String CHILD =
      """
      <project>
        <parent><artifactId>one</artifactId><version>1.0.0</version></parent>
        <artifactId>two</artifactId>
        <name>Two</name>
        <description>The child.</description>
        <dependencies>
          <dependency><groupId>dev.sallyport</groupId><artifactId>one</artifactId></dependency>
          <dependency>
            <groupId>dev.sallyport</groupId><artifactId>tests</artifactId><scope>test</scope>
          </dependency>
        </dependencies>
      </project>
      """;

  private static PGPSecretKey key;
  private static PGPSecretKey anotherKey;

  @TempDir Path repository;

  @BeforeAll
  static void keys() throws Exception {
    key = SigningKey.generate();
    anotherKey = SigningKey.generate();
  }

  @BeforeEach
  void publish() throws Exception {
    put("one", "one-1.0.0.pom", PARENT.getBytes(StandardCharsets.UTF_8));
    put("two", "two-1.0.0.pom", CHILD.getBytes(StandardCharsets.UTF_8));
    jar(".jar", "module-info.class", "META-INF/LICENSE");
    jar("-sources.jar", "A.java");
    jar("-javadoc.jar", "index.html");
    put("two", "two-1.0.0-cyclonedx.json", new byte[] {'{', '}'});
  }

  private Path file(String artifact, String name) {
    return repository.resolve("dev/sallyport/" + artifact + "/1.0.0/" + name);
  }

  private void jar(String end, String... entries) throws Exception {
    Path file = file("two", "two-1.0.0" + end);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (String entry : entries) {
        zip.putNextEntry(new ZipEntry(entry));
      }
      zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
      zip.write("Manifest-Version: 1.0\n\n".getBytes(StandardCharsets.UTF_8));
    }
    put("two", file.getFileName().toString(), Files.readAllBytes(file));
  }

  private void put(String artifact, String name, byte[] content) throws Exception {
    Path file = file(artifact, name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    sum(file, "MD5", ".md5");
    sum(file, "SHA-1", ".sha1");
    sign(file, key);
  }

  private static void sum(Path file, String algorithm, String end) throws Exception {
    byte[] digest = MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(file));
    String hex = String.format("%0" + 2 * digest.length + "x", new BigInteger(1, digest));
    Files.writeString(file.resolveSibling(file.getFileName() + end), hex);
  }

  private static void sign(Path file, PGPSecretKey key) throws Exception {
    PGPPrivateKey secret =
        key.extractPrivateKey(
            new BcPBESecretKeyDecryptorBuilder(new BcPGPDigestCalculatorProvider())
                .build(new char[0]));
    int algorithm = key.getPublicKey().getAlgorithm();
    PGPSignatureGenerator generator =
        new PGPSignatureGenerator(
            new BcPGPContentSignerBuilder(algorithm, HashAlgorithmTags.SHA256), key.getPublicKey());
    generator.init(PGPSignature.BINARY_DOCUMENT, secret);
    generator.update(Files.readAllBytes(file));
    Path asc = file.resolveSibling(file.getFileName() + ".asc");
    try (OutputStream out = new ArmoredOutputStream(Files.newOutputStream(asc))) {
      generator.generate().encode(out);
    }
  }

  private List<String> faults() throws IOException {
    String armored = SigningKey.armored(key);
    Path file = Files.writeString(repository.resolve("key.asc"), armored);
    return CentralRules.faults(repository, ARTIFACTS, "1.0.0", id -> SigningKey.ofFile(file, id));
  }

  @Test
  @DisplayName("find nothing in a release that keeps them")
  void good() throws IOException {
    assertThat(faults()).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("find what a POM lacks, and say what and where")
  @MethodSource("poms")
  void pom(String artifact, String before, String after, String fault) throws Exception {
    String pom = artifact.equals("one") ? PARENT : CHILD;
    assertThat(pom).contains(before);
    put(
        artifact,
        artifact + "-1.0.0.pom",
        pom.replace(before, after).getBytes(StandardCharsets.UTF_8));
    assertThat(faults()).contains(fault);
  }

  static Stream<Arguments> poms() {
    return Stream.of(
        Arguments.of("two", "<name>Two</name>", "", "two: the POM has no name"),
        Arguments.of("two", "The child.", "", "two: the POM has no description"),
        Arguments.of("one", "<url>https://one.example</url>", "", "two: the POM has no url"),
        Arguments.of("one", "<name>A</name>", "", "one: the POM has no licenses/license/name"),
        Arguments.of("one", "<name>D</name>", "", "two: the POM has no developers/developer/name"),
        Arguments.of("one", "<connection>c", "<connection>", "one: the POM has no scm/connection"),
        Arguments.of(
            "two", "<name>Two", "<repositories/><name>Two", "two: the POM has repositories"),
        Arguments.of(
            "two",
            "<artifactId>two</artifactId>",
            "<artifactId>two</artifactId><properties><x.version>2-SNAPSHOT</x.version></properties>",
            "two: the POM names the snapshot 2-SNAPSHOT"),
        Arguments.of(
            "two",
            "<scope>test</scope>",
            "<scope>provided</scope>",
            "two: needs tests, which is not published"));
  }

  @ParameterizedTest
  @DisplayName("find a file that is missing")
  @MethodSource("files")
  void missing(String name, String fault) throws Exception {
    Files.delete(file("two", name));
    assertThat(faults()).containsExactly(fault);
  }

  static Stream<Arguments> files() {
    String unsigned = " has no signature of the key of this build";
    String unsummed = " has no checksums, or wrong ones";
    return Stream.of(
        Arguments.of("two-1.0.0.jar", "two: has no .jar"),
        Arguments.of("two-1.0.0-sources.jar", "two: has no -sources.jar"),
        Arguments.of("two-1.0.0-javadoc.jar", "two: has no -javadoc.jar"),
        Arguments.of("two-1.0.0-cyclonedx.json", "two: has no -cyclonedx.json"),
        Arguments.of("two-1.0.0.jar.asc", "two: two-1.0.0.jar" + unsigned),
        Arguments.of("two-1.0.0.pom.asc", "two: two-1.0.0.pom" + unsigned),
        Arguments.of("two-1.0.0.jar.md5", "two: two-1.0.0.jar" + unsummed),
        Arguments.of("two-1.0.0.jar.sha1", "two: two-1.0.0.jar" + unsummed));
  }

  @Test
  @DisplayName("find a file that was changed after it was signed, and another's signature")
  void tampered() throws Exception {
    Path sources = file("two", "two-1.0.0-sources.jar");
    sign(sources, anotherKey);
    assertThat(faults()).singleElement().asString().contains("sources.jar has no signature");

    sign(sources, key);
    assertThat(faults()).isEmpty();
    Path signature = file("two", "two-1.0.0-sources.jar.asc");
    byte[] ofTheFirst = Files.readAllBytes(signature);
    jar("-sources.jar", "Another.java");
    Files.write(signature, ofTheFirst);
    assertThat(faults()).singleElement().asString().contains("sources.jar has no signature");
  }

  @Test
  @DisplayName("find a JAR without a module's name, a licence, a source or a page")
  void jars() throws Exception {
    jar(".jar", "A.class");
    jar("-sources.jar", "A.class");
    jar("-javadoc.jar", "A.class");
    assertThat(faults())
        .containsExactlyInAnyOrder(
            "two: .jar has no licence",
            "two: -sources.jar has no source",
            "two: -javadoc.jar has no page",
            "two: the JAR names no module");
  }

  @Test
  @DisplayName("find an artifact too many, one that is missing, and another version")
  void artifacts() throws Exception {
    put("three", "three-1.0.0.pom", PARENT.getBytes(StandardCharsets.UTF_8));
    assertThat(faults()).containsExactly("three: should not be published");
    assertThat(
            CentralRules.faults(
                repository,
                Set.of("one", "two", "three", "four"),
                "1.0.1",
                id -> key.getPublicKey()))
        .containsExactlyInAnyOrder(
            "four: is missing",
            "one: has version 1.0.0, not 1.0.1",
            "two: has version 1.0.0, not 1.0.1",
            "three: has version 1.0.0, not 1.0.1");
  }
}
