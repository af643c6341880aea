package com.example.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.example.eventloop.MixedRequests;
import com.example.eventloop.SiteOptions;
import dev.sallyport.password.BcryptHasher;
import dev.sallyport.password.Password;
import dev.sallyport.store.AccountStore;
import dev.sallyport.vertx.AuthHandler;
import io.vertx.core.Context;
import io.vertx.core.VertxOptions;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** The event loop never waits: neither for a store nor for a hash. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class BlockedThreadsTest {
  private static final int REQUESTS = 10_000;
  private static final int MAX_MS = 50;

  private static final Pattern BLOCKING =
      Pattern.compile("LockSupport\\.park|Object\\.wait|Thread\\.sleep|at\\.favre\\.|HeldHasher");

  private final Queue<String> onEventLoop = new ConcurrentLinkedQueue<>();
  private final AtomicInteger hashed = new AtomicInteger();

  /** Notes who asks the users in an event loop. */
  private AccountStore watched(AccountStore users) {
    return (AccountStore)
        Proxy.newProxyInstance(
            AccountStore.class.getClassLoader(),
            new Class<?>[] {AccountStore.class},
            (proxy, method, arguments) -> {
              note(method.getName());
              try {
                return method.invoke(users, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void note(String call) {
    if (Context.isOnEventLoopThread()) {
      onEventLoop.add(call);
    }
  }

  /** Some checks take as long as real ones, far longer than an event loop may. */
  private void hash() {
    note("hash");
    if (hashed.incrementAndGet() % 200 == 0) {
      BcryptHasher.ofCost(10).hash(Password.of("takes its time"), new SecureRandom());
    }
  }

  @Test
  @DisplayName(
      "AD-9 10,000 requests of all schemes, right and wrong: no thread of Vert.x is blocked")
  void neverBlocked() throws Exception {
    ListAppender<ILoggingEvent> reports = new ListAppender<>();
    Logger checker = (Logger) LoggerFactory.getLogger("io.vertx.core.impl.BlockedThreadChecker");
    VertxOptions strict =
        new VertxOptions()
            .setBlockedThreadCheckInterval(10)
            .setBlockedThreadCheckIntervalUnit(TimeUnit.MILLISECONDS)
            .setMaxEventLoopExecuteTime(MAX_MS)
            .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS)
            .setWarningExceptionTime(MAX_MS)
            .setWarningExceptionTimeUnit(TimeUnit.MILLISECONDS);
    SiteOptions options =
        SiteOptions.standard()
            .users(this::watched)
            .passwords(builder -> builder.maxConcurrentHashes(2).rememberNone());
    try (Site site =
        new Site(
            Quiet.vertx(strict),
            options,
            (here, router) ->
                router
                    .route()
                    .handler(here.auth)
                    .handler(
                        ctx ->
                            ctx.response()
                                .end(AuthHandler.who(ctx).orElseThrow().principal().name())))) {
      MixedRequests requests = MixedRequests.to(site);
      site.hasher().whileChecking(this::hash);
      requests.send(500); // classes are loaded, and the first keys made
      reports.start();
      checker.addAppender(reports);
      Map<Integer, Integer> answers;
      try {
        answers = requests.send(REQUESTS);
      } finally {
        checker.detachAppender(reports);
      }
      assertThat(answers).containsOnlyKeys(200, 401);
      assertThat(hashed.get()).as("passwords checked").isGreaterThan(1000);
    }
    assertThat(onEventLoop).as("what was asked in an event loop").isEmpty();
    assertThat(reports.list)
        .filteredOn(BlockedThreadsTest::isBlocked)
        .map(report -> ThrowableProxyUtil.asString(report.getThrowableProxy()))
        .as("reports of blocked threads")
        .isEmpty();
  }

  /**
   * Whether the thread waits or hashes. One that is merely short of a processor is reported as
   * well, wherever it is.
   */
  private static boolean isBlocked(ILoggingEvent report) {
    return report.getThrowableProxy() != null
        && Arrays.stream(report.getThrowableProxy().getStackTraceElementProxyArray())
            .map(StackTraceElementProxy::getStackTraceElement)
            .anyMatch(frame -> BLOCKING.matcher(frame.toString()).find());
  }
}
