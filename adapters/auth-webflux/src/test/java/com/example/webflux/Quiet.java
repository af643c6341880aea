package com.example.webflux;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/**
 * WebFlux, without what it, Reactor and Netty log at TRACE and DEBUG: each byte, secrets included.
 */
final class Quiet {
  private Quiet() {}

  static void begin() {
    for (String name : new String[] {"org.springframework", "reactor", "io.netty"}) {
      ((Logger) LoggerFactory.getLogger(name)).setLevel(Level.WARN);
    }
  }
}
