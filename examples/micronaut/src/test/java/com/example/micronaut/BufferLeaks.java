package com.example.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * Fails a class whose tests lose buffers of Netty's pool. Netty tells of them when they have been
 * collected as garbage, so this loses one on purpose and waits until it hears of that one.
 */
final class BufferLeaks implements BeforeAllCallback, AfterAllCallback {
  private static final Logger DETECTOR =
      (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);

  private final ListAppender<ILoggingEvent> reports = new ListAppender<>();

  @Override
  public void beforeAll(ExtensionContext context) {
    assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
    reports.start();
    DETECTOR.addAppender(reports);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    // Netty tells of what looks the same only once, whichever class it was in.
    String onPurpose = "lost on purpose in " + context.getRequiredTestClass();
    try {
      lose(onPurpose);
      for (int i = 0; i < 100 && messages().noneMatch(told -> told.contains(onPurpose)); i++) {
        collect();
      }
      collect();
      assertThat(messages()).anyMatch(told -> told.contains(onPurpose));
      assertThat(messages().filter(told -> !told.contains(onPurpose)).findFirst()).isEmpty();
    } finally {
      DETECTOR.detachAppender(reports);
    }
  }

  private static void lose(String hint) {
    ByteBufAllocator.DEFAULT.directBuffer(1).touch(hint);
  }

  /** Netty looks for lost buffers when it makes one. */
  private static void collect() {
    System.gc();
    ByteBufAllocator.DEFAULT.directBuffer(1).release();
  }

  private Stream<String> messages() {
    return List.copyOf(reports.list).stream().map(ILoggingEvent::getFormattedMessage);
  }
}
