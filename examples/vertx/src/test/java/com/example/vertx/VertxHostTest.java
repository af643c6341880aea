package com.example.vertx;

import com.example.host.HostContract;
import dev.sallyport.site.BadSettingException;
import dev.sallyport.site.Host;
import java.io.PrintStream;
import java.util.Map;

class VertxHostTest extends HostContract {
  @Override
  protected Host start(Map<String, String> env, PrintStream out) throws BadSettingException {
    return QuietVertx.start(env, out);
  }
}
