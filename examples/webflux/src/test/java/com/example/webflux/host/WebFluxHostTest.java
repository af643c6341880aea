package com.example.webflux.host;

import com.example.host.HostContract;
import dev.sallyport.site.BadSettingException;
import dev.sallyport.site.Host;
import java.io.PrintStream;
import java.util.Map;

class WebFluxHostTest extends HostContract {
  @Override
  protected Host start(Map<String, String> env, PrintStream out) throws BadSettingException {
    return Quiet.start(env, out);
  }
}
