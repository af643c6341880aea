package com.example.demo;

import static com.example.demo.RunningDemo.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Clients that go on asking, each in a thread of its own, while a store goes and comes back. */
final class Load implements AutoCloseable {
  /** For one answer; clients often wait for 30 s. */
  private static final Duration BOUND = Duration.ofSeconds(20);

  private final List<Client> clients;
  private final ExecutorService threads;
  private final List<Future<Void>> running;
  private final AtomicReference<Phase> phase;
  private final AtomicBoolean over = new AtomicBoolean();
  private final CountDownLatch failed = new CountDownLatch(1);
  private final Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
  private final AtomicLong slowest = new AtomicLong();

  /** One kind of request, and what answers it while the store is there. */
  record Client(String name, int status, Callable<HttpResponse<String>> request) {
    /** The answer is that of the store's presence or absence, and soon there. */
    int ask() throws Exception {
      long before = System.nanoTime();
      HttpResponse<String> answer = request.call();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).as(name).isLessThan(BOUND);
      assertThat(answer.statusCode()).as(name + answer.body()).isIn(status, 503);
      if (answer.statusCode() == 503) {
        assertProblem(answer, 503, "temporarily_unavailable");
        assertThat(answer.headers().firstValue("Retry-After").orElse("")).matches("[1-9][0-9]*");
      }
      return answer.statusCode();
    }
  }

  /** It lasts until each client has twice got an answer such as this phase has. */
  private record Phase(boolean outage, Map<Client, Integer> seen, CountDownLatch done) {
    void note(Client client, int status) {
      if (outage == (status == 503) && seen.merge(client, 1, Integer::sum) == 2) {
        done.countDown();
      }
    }
  }

  Load(List<Client> clients) {
    this.clients = clients;
    phase = new AtomicReference<>(phase(false));
    threads = Executors.newFixedThreadPool(clients.size());
    running = clients.stream().map(client -> threads.submit(() -> run(client))).toList();
  }

  private Phase phase(boolean outage) {
    return new Phase(outage, new ConcurrentHashMap<>(), new CountDownLatch(clients.size()));
  }

  private Void run(Client client) throws Exception {
    try {
      while (!over.get()) {
        long before = System.nanoTime();
        int status = client.ask();
        slowest.accumulateAndGet(System.nanoTime() - before, Math::max);
        statuses.merge(status, 1, Integer::sum);
        phase.get().note(client, status);
      }
      return null;
    } finally {
      if (!over.get()) {
        failed.countDown();
      }
    }
  }

  /** Goes on until each client has twice had the answer of an outage, or of none. */
  void await(boolean outage) throws Exception {
    Phase next = phase(outage);
    phase.set(next);
    for (int i = 0; i < 600 && !next.done().await(100, TimeUnit.MILLISECONDS); i++) {
      check();
    }
    assertThat(next.seen()).as(next.toString()).hasSameSizeAs(clients);
    assertThat(next.done().getCount()).as(next.toString()).isZero();
  }

  /** Goes on for so long, or until a client fails. */
  void goOn(Duration length) throws Exception {
    if (failed.await(length.toMillis(), TimeUnit.MILLISECONDS)) {
      check();
    }
  }

  private void check() throws Exception {
    for (Future<Void> one : running) {
      if (one.isDone()) {
        one.get();
      }
    }
  }

  /** How many answers there were since this was last asked, by their status. */
  Map<Integer, Integer> statuses() {
    Map<Integer, Integer> all = Map.copyOf(statuses);
    statuses.clear();
    return all;
  }

  /** The longest that one request of a client took since this was last asked. */
  Duration slowest() {
    return Duration.ofNanos(slowest.getAndSet(0));
  }

  /** Lets each client finish. */
  @Override
  public void close() {
    over.set(true);
    try {
      for (Future<Void> one : running) {
        one.get(1, TimeUnit.MINUTES);
      }
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("A client failed, or got no answer for a minute", e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** An answer is there a little sooner than the thread that gave it. */
  static void assertNoThreadIsStuck() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    long stuck = insideTheLibrary();
    while (stuck > 0 && System.nanoTime() < end) {
      stuck = insideTheLibrary();
    }
    assertThat(stuck).isZero();
  }

  private static long insideTheLibrary() {
    return Thread.getAllStackTraces().values().stream()
        .filter(
            frames ->
                Arrays.stream(frames)
                    .anyMatch(frame -> frame.getClassName().startsWith("dev.sallyport.")))
        .count();
  }
}
