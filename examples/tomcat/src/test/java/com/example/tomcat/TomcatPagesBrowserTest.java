package com.example.tomcat;

import com.example.host.PagesBrowserContract;
import dev.sallyport.site.BadSettingException;
import dev.sallyport.site.Host;
import java.io.PrintStream;
import java.util.Map;

class TomcatPagesBrowserTest extends PagesBrowserContract {
  @Override
  protected Host start(Map<String, String> env, PrintStream out) throws BadSettingException {
    return TomcatHost.start(env, out);
  }
}
