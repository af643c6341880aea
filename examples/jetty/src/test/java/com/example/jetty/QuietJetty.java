package com.example.jetty;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.sallyport.site.BadSettingException;
import dev.sallyport.site.Host;
import java.io.PrintStream;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** Jetty, without what it logs at TRACE: each byte, secrets included. */
final class QuietJetty {
  private QuietJetty() {}

  static Host start(Map<String, String> env, PrintStream out) throws BadSettingException {
    ((Logger) LoggerFactory.getLogger("org.eclipse.jetty")).setLevel(Level.WARN);
    return JettyHost.start(env, out);
  }
}
