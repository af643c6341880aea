package com.example.vertx;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import org.slf4j.LoggerFactory;

/** Vert.x, without what it and Netty log at TRACE and DEBUG: each byte, secrets included. */
final class Quiet {
  private Quiet() {}

  static Vertx vertx() {
    return vertx(new VertxOptions());
  }

  static Vertx vertx(VertxOptions options) {
    for (String name : new String[] {"io.vertx", "io.netty"}) {
      ((Logger) LoggerFactory.getLogger(name)).setLevel(Level.WARN);
    }
    return Vertx.vertx(options);
  }
}
