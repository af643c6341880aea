package com.example.checks;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/**
 * What Maven Central asks of an upload, and what we ask beyond it, asked of a repository in a
 * folder: nothing is missing, nothing is there that should not be, and each file is signed.
 */
final class CentralRules {
  /** Finds the public key that a signature names. */
  interface Keys {
    PGPPublicKey of(long id) throws IOException, PGPException;
  }

  private static final List<String> JARS =
      List.of(".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json");
  private static final List<String> REQUIRED =
      List.of(
          "name",
          "description",
          "url",
          "licenses/license/name",
          "licenses/license/url",
          "developers/developer/name",
          "scm/connection",
          "scm/developerConnection",
          "scm/url");
  private static final List<String> FORBIDDEN =
      List.of("repositories", "pluginRepositories", "distributionManagement", "//systemPath");

  private final List<Published> published;
  private final Keys keys;
  private final List<String> faults = new ArrayList<>();

  private CentralRules(List<Published> published, Keys keys) {
    this.published = published;
    this.keys = keys;
  }

  /** All faults of a repository that should have these artifacts in this version, and no others. */
  static List<String> faults(Path repository, Set<String> artifacts, String version, Keys keys)
      throws IOException {
    CentralRules rules = new CentralRules(Published.in(repository), keys);
    rules.compare(artifacts, version);
    for (Published one : rules.published) {
      rules.files(one);
      rules.pom(one, version);
      if (one.isJar()) {
        rules.jars(one);
      }
    }
    return rules.faults;
  }

  private void fault(Published where, String what) {
    faults.add(where.artifact() + ": " + what);
  }

  private void compare(Set<String> artifacts, String version) {
    Set<String> missing = new HashSet<>(artifacts);
    for (Published one : published) {
      missing.remove(one.artifact());
      if (!artifacts.contains(one.artifact())) {
        fault(one, "should not be published");
      }
      if (!one.version().equals(version)) {
        fault(one, "has version " + one.version() + ", not " + version);
      }
    }
    missing.forEach(artifact -> faults.add(artifact + ": is missing"));
  }

  private void files(Published one) throws IOException {
    for (Path file : one.files()) {
      String name = file.getFileName().toString();
      byte[] content = Files.readAllBytes(file);
      if (!hasChecksum(file, content, "MD5", ".md5")
          || !hasChecksum(file, content, "SHA-1", ".sha1")) {
        fault(one, name + " has no checksums, or wrong ones");
      }
      if (!isSigned(file, content)) {
        fault(one, name + " has no signature of the key of this build");
      }
    }
  }

  private static boolean hasChecksum(Path file, byte[] content, String algorithm, String end)
      throws IOException {
    Path sum = file.resolveSibling(file.getFileName() + end);
    try {
      byte[] digest = MessageDigest.getInstance(algorithm).digest(content);
      String hex = String.format("%0" + 2 * digest.length + "x", new BigInteger(1, digest));
      return Files.exists(sum) && Files.readString(sum).strip().equals(hex);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean isSigned(Path file, byte[] content) throws IOException {
    Path signature = file.resolveSibling(file.getFileName() + ".asc");
    if (!Files.exists(signature)) {
      return false;
    }
    try (InputStream in = PGPUtil.getDecoderStream(Files.newInputStream(signature))) {
      Object read = new BcPGPObjectFactory(in).nextObject();
      if (!(read instanceof PGPSignatureList list) || list.size() != 1) {
        return false;
      }
      PGPSignature one = list.get(0);
      one.init(new BcPGPContentVerifierBuilderProvider(), keys.of(one.getKeyID()));
      one.update(content);
      return one.verify();
    } catch (PGPException e) {
      return false;
    }
  }

  private void pom(Published one, String version) {
    Optional<Published> parent =
        one.text("/project/parent/artifactId")
            .flatMap(name -> published.stream().filter(p -> p.artifact().equals(name)).findFirst());
    for (String element : REQUIRED) {
      String path = "/project/" + element;
      boolean own = element.equals("name") || element.equals("description");
      if (one.text(path).filter(Predicate.not(String::isEmpty)).isEmpty()
          && (own || parent.flatMap(p -> p.text(path)).isEmpty())) {
        fault(one, "the POM has no " + element);
      }
    }
    for (String element : FORBIDDEN) {
      if (!one.texts(element.startsWith("/") ? element : "/project/" + element).isEmpty()) {
        fault(one, "the POM has " + element.replace("/", ""));
      }
    }
    for (String found : one.texts("//version | //properties/*")) {
      if (found.endsWith("-SNAPSHOT") && !found.equals(version)) {
        fault(one, "the POM names the snapshot " + found);
      }
    }
    String ours = "/project/dependencies/dependency[groupId='dev.sallyport']";
    for (String needed : one.texts(ours + "[not(scope='test')]/artifactId")) {
      if (published.stream().noneMatch(other -> other.artifact().equals(needed))) {
        fault(one, "needs " + needed + ", which is not published");
      }
    }
  }

  private void jars(Published one) throws IOException {
    for (String end : JARS) {
      if (!Files.exists(one.file(end))) {
        fault(one, "has no " + end);
      }
    }
    holds(one, ".jar", name -> name.equals("META-INF/LICENSE"), "licence");
    holds(one, "-sources.jar", name -> name.endsWith(".java"), "source");
    holds(one, "-javadoc.jar", name -> name.equals("index.html"), "page");
    if (Files.exists(one.file(".jar"))) {
      try (JarFile jar = new JarFile(one.file(".jar").toFile())) {
        Manifest manifest = jar.getManifest();
        if (jar.getEntry("module-info.class") == null
            && manifest.getMainAttributes().getValue("Automatic-Module-Name") == null) {
          fault(one, "the JAR names no module");
        }
      }
    }
  }

  private void holds(Published one, String end, Predicate<String> entry, String what)
      throws IOException {
    if (Files.exists(one.file(end))) {
      try (JarFile jar = new JarFile(one.file(end).toFile())) {
        if (jar.stream().noneMatch(found -> entry.test(found.getName()))) {
          fault(one, end + " has no " + what);
        }
      }
    }
  }
}
