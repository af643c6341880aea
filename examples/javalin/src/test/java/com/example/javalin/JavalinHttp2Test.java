package com.example.javalin;

import com.example.host.HostRoutes;
import com.example.host.Transport;
import dev.sallyport.site.BadSettingException;
import dev.sallyport.site.Host;
import java.io.PrintStream;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The host on Javalin, over cleartext HTTP/2")
class JavalinHttp2Test extends HostRoutes {
  @Override
  protected Host start(Map<String, String> env, PrintStream out) throws BadSettingException {
    QuietJetty.begin();
    return JavalinHost.start(env, out);
  }

  @Override
  protected Transport transport() {
    return Transport.http2();
  }
}
