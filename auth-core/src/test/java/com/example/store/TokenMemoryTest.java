package com.example.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.store.TokenStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How much memory a record takes. */
class TokenMemoryTest {
  private static final int RECORDS = 100_000;
  private static final int BYTES_EACH = 700;

  @Test
  @DisplayName("ST-3 a session of a common size takes at most 700 bytes")
  void bytesEach() {
    long least = Long.MAX_VALUE;
    for (int attempt = 0; attempt < 5 && least > BYTES_EACH; attempt++) {
      least = Math.min(least, measured());
    }
    assertThat(least).isBetween(100L, (long) BYTES_EACH);
  }

  private static long measured() {
    TokenStore store = TokenStore.inMemory();
    long before = used();
    ManySessions.insert(store, RECORDS);
    long after = used();
    assertThat(store).hasToString("InMemoryTokens[" + RECORDS + " records]");
    return (after - before) / RECORDS;
  }

  private static long used() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  @Test
  @DisplayName("ST-3 a million sessions fit into a JVM of one gibibyte, and no more are taken")
  void million() throws IOException, InterruptedException {
    String java = ProcessHandle.current().info().command().orElseThrow();
    Process child =
        new ProcessBuilder(
                java,
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                ManySessions.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor()).as(output).isZero();
    assertThat(output).contains("InMemoryTokens[1000000 records]", "is full: 1000000 records");
  }
}
