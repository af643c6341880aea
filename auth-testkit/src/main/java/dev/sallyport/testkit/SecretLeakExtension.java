package dev.sallyport.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * After each test class, looks for {@link Secrets} in the log of the whole run, and fails the class
 * if there is one. The log is the file that the system property {@code sallyport.test.log} names;
 * let every logger write into it at TRACE. Without the property it does nothing.
 *
 * <p>It registers itself where JUnit's extension autodetection is on.
 */
public final class SecretLeakExtension implements AfterAllCallback {
  /** Made by JUnit. */
  public SecretLeakExtension() {}

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    String file = System.getProperty("sallyport.test.log");
    if (file != null && Files.exists(Path.of(file))) {
      String log = Files.readString(Path.of(file), StandardCharsets.UTF_8);
      assertThat(Secrets.findAll(log)).as("secrets in the log %s", file).isEmpty();
    }
  }
}
