package com.example.webflux.host;

import com.example.host.HostRoutes;
import com.example.host.Transport;
import dev.sallyport.site.BadSettingException;
import dev.sallyport.site.Host;
import java.io.PrintStream;
import java.util.Map;

class WebFluxHttp2Test extends HostRoutes {
  @Override
  protected Host start(Map<String, String> env, PrintStream out) throws BadSettingException {
    return Quiet.start(env, out);
  }

  @Override
  protected Transport transport() {
    return Transport.http2();
  }
}
