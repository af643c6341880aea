package com.example.springboot;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.sallyport.site.BadSettingException;
import dev.sallyport.site.Host;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** The host, without what its parts log at TRACE: forms and bodies, secrets included. */
final class Quiet {
  /** Held, or the JDK would forget its level. */
  private static final java.util.logging.Logger TOMCAT =
      java.util.logging.Logger.getLogger("org.apache");

  private Quiet() {}

  static Host start(Map<String, String> env, PrintStream out) throws BadSettingException {
    TOMCAT.setLevel(java.util.logging.Level.OFF);
    for (String name : List.of("org.springframework", "org.thymeleaf", "com.zaxxer")) {
      ((Logger) LoggerFactory.getLogger(name)).setLevel(Level.WARN);
    }
    return SpringBootHost.start(env, out);
  }
}
