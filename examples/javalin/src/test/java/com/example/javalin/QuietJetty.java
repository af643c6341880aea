package com.example.javalin;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** At DEBUG, Jetty logs header fields and bodies, credentials and all. */
final class QuietJetty {
  private QuietJetty() {}

  static void begin() {
    ((Logger) LoggerFactory.getLogger("org.eclipse.jetty")).setLevel(Level.INFO);
  }
}
