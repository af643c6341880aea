package com.example.vertx;

import com.example.host.HostRoutes;
import com.example.host.Transport;
import dev.sallyport.site.BadSettingException;
import dev.sallyport.site.Host;
import java.io.PrintStream;
import java.util.Map;

class VertxHttp2Test extends HostRoutes {
  @Override
  protected Host start(Map<String, String> env, PrintStream out) throws BadSettingException {
    return QuietVertx.start(env, out);
  }

  @Override
  protected Transport transport() {
    return Transport.http2();
  }
}
