package com.example.javalin;

import com.example.host.HostContract;
import dev.sallyport.site.BadSettingException;
import dev.sallyport.site.Host;
import java.io.PrintStream;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The host on Javalin, over HTTP/1.1")
class JavalinHostTest extends HostContract {
  @Override
  protected Host start(Map<String, String> env, PrintStream out) throws BadSettingException {
    QuietJetty.begin();
    return JavalinHost.start(env, out);
  }
}
