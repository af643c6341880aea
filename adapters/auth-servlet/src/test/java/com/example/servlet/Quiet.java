package com.example.servlet;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** At TRACE, containers log each byte, secrets included. */
final class Quiet {
  /** Held, or the JDK would forget its level. */
  private static final java.util.logging.Logger TOMCAT =
      java.util.logging.Logger.getLogger("org.apache");

  private Quiet() {}

  static void jetty() {
    ((Logger) LoggerFactory.getLogger("org.eclipse.jetty")).setLevel(Level.WARN);
  }

  static void tomcat() {
    TOMCAT.setLevel(java.util.logging.Level.SEVERE);
  }
}
