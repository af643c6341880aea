package com.example.vertx;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.vertx.core.Vertx;
import org.slf4j.LoggerFactory;

/** Vert.x, without what it and Netty log at TRACE and DEBUG: each byte, secrets included. */
final class Quiet {
  private Quiet() {}

  static Vertx vertx() {
    for (String name : new String[] {"io.vertx", "io.netty"}) {
      ((Logger) LoggerFactory.getLogger(name)).setLevel(Level.WARN);
    }
    return Vertx.vertx();
  }
}
