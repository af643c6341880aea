package dev.sallyport.benchmarks.jdbc;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.benchmarks.OneField;
import dev.sallyport.session.SessionAuthenticator;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/** How long requests take while 900,000 of a million sessions are removed, and while none is. */
public final class Purge {
  private static final int ROWS = 1_000_000;
  private static final int EXPIRED = 900_000;
  private static final int BATCH = 1000;

  private Purge() {}

  /** Measures, and prints. */
  public static void main(String[] args) throws Exception {
    try (PostgresScene scene = new PostgresScene(ROWS, EXPIRED)) {
      authenticate(scene, 20_000);
      System.out.println("alone:    " + describe(authenticate(scene, 50_000)));
      AtomicBoolean purging = new AtomicBoolean(true);
      long[][] times = new long[1][];
      Thread requests = new Thread(() -> times[0] = authenticateWhile(scene, purging));
      requests.start();
      Instant begin = Instant.now();
      int removed = 0;
      int batch;
      do {
        batch = scene.tokens.prune(Instant.now(), BATCH);
        removed += batch;
      } while (batch == BATCH);
      Duration taken = Duration.between(begin, Instant.now());
      purging.set(false);
      requests.join();
      System.out.println("purging:  " + describe(times[0]));
      System.out.println("removed:  " + removed + " in " + taken.toMillis() + " ms");
    }
  }

  private static long[] authenticateWhile(PostgresScene scene, AtomicBoolean going) {
    long[] all = new long[0];
    while (going.get()) {
      long[] more = authenticate(scene, 1000);
      int before = all.length;
      all = Arrays.copyOf(all, before + more.length);
      System.arraycopy(more, 0, all, before, more.length);
    }
    return all;
  }

  private static long[] authenticate(PostgresScene scene, int times) {
    SessionAuthenticator session = SessionAuthenticator.of(scene.sessions);
    byte[] cookie = ("__Host-session=" + scene.secret).getBytes(StandardCharsets.ISO_8859_1);
    long[] nanos = new long[times];
    for (int i = 0; i < times; i++) {
      long start = System.nanoTime();
      AuthRequest request =
          AuthRequest.builder("GET", "/", null, InetAddress.getLoopbackAddress(), true)
              .headers(OneField.of("Cookie", cookie))
              .build();
      if (!(session.authenticate(request) instanceof Authenticated)) {
        throw new IllegalStateException("The session is not taken");
      }
      nanos[i] = System.nanoTime() - start;
    }
    return nanos;
  }

  private static String describe(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    int last = sorted.length - 1;
    return "%d requests, median %d us, 99.9%% %d us, longest %d us"
        .formatted(
            sorted.length,
            sorted[last / 2] / 1000,
            sorted[(int) (last * 0.999)] / 1000,
            sorted[last] / 1000);
  }
}
