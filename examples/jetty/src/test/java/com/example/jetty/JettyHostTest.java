package com.example.jetty;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.example.host.HostContract;
import dev.sallyport.site.BadSettingException;
import dev.sallyport.site.Host;
import java.io.PrintStream;
import java.util.Map;
import org.slf4j.LoggerFactory;

class JettyHostTest extends HostContract {
  @Override
  protected Host start(Map<String, String> env, PrintStream out) throws BadSettingException {
    // At TRACE, it logs each byte, secrets included.
    ((Logger) LoggerFactory.getLogger("org.eclipse.jetty")).setLevel(Level.WARN);
    return JettyHost.start(env, out);
  }
}
