package com.example.jetty;

import com.example.host.PagesContract;
import dev.sallyport.site.BadSettingException;
import dev.sallyport.site.Host;
import java.io.PrintStream;
import java.util.Map;

class JettyPagesTest extends PagesContract {
  @Override
  protected Host start(Map<String, String> env, PrintStream out) throws BadSettingException {
    return QuietJetty.start(env, out);
  }
}
