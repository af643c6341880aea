package com.example.webflux.host;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.sallyport.site.BadSettingException;
import dev.sallyport.site.Host;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** The host, without what its parts log at TRACE: each byte, secrets included. */
final class Quiet {
  private Quiet() {}

  static Host start(Map<String, String> env, PrintStream out) throws BadSettingException {
    for (String name : List.of("org.springframework", "reactor", "io.netty")) {
      ((Logger) LoggerFactory.getLogger(name)).setLevel(Level.WARN);
    }
    return WebFluxHost.start(env, out);
  }
}
