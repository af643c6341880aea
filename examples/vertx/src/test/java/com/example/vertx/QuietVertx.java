package com.example.vertx;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.sallyport.site.BadSettingException;
import dev.sallyport.site.Host;
import java.io.PrintStream;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** Vert.x, without what it and Netty log at TRACE: each byte, secrets included. */
final class QuietVertx {
  private QuietVertx() {}

  static Host start(Map<String, String> env, PrintStream out) throws BadSettingException {
    quieten();
    return VertxHost.start(env, out);
  }

  static void quieten() {
    for (String name : new String[] {"io.vertx", "io.netty"}) {
      ((Logger) LoggerFactory.getLogger(name)).setLevel(Level.WARN);
    }
  }
}
