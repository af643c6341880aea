package dev.sallyport.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * After each test class, searches what was added to the log for {@link Secrets}, and fails the
 * class if it finds one. The log is the file that the system property {@code sallyport.test.log}
 * names; let every logger write to it at TRACE. Without the property it does nothing.
 *
 * <p>It registers itself if JUnit's extension autodetection is on.
 */
public final class SecretLeakExtension implements AfterAllCallback {
  /** The end of the last search is searched again, so that no secret is cut in two. */
  private static final long OVERLAP = 16 * 1024;

  /** JUnit creates one extension for all classes, and they share the log. */
  private final AtomicLong searched = new AtomicLong();

  /** For JUnit. */
  public SecretLeakExtension() {}

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    String file = System.getProperty("sallyport.test.log");
    if (file == null || !Files.exists(Path.of(file))) {
      return;
    }
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      boolean begunAnew = Files.size(Path.of(file)) < searched.get();
      long from = begunAnew ? 0 : Math.max(0, searched.get() - OVERLAP);
      in.skipNBytes(from);
      byte[] added = in.readAllBytes();
      searched.set(from + added.length);
      assertThat(Secrets.findAll(new String(added, StandardCharsets.UTF_8)))
          .as("secrets in the log %s", file)
          .isEmpty();
    }
  }
}
