package com.example.spring;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import org.slf4j.LoggerFactory;

/** At TRACE, containers log each byte, secrets included, and Spring each look-up of a bean. */
final class Quiet {
  /** Held, or the JDK would forget its level. */
  private static final java.util.logging.Logger TOMCAT =
      java.util.logging.Logger.getLogger("org.apache");

  private Quiet() {}

  static void hosts() {
    TOMCAT.setLevel(java.util.logging.Level.OFF);
    for (String name : List.of("org.eclipse.jetty", "org.springframework", "com.zaxxer")) {
      ((Logger) LoggerFactory.getLogger(name)).setLevel(Level.WARN);
    }
  }
}
