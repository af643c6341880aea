package com.example.springboot;

import com.example.host.PagesBrowserContract;
import dev.sallyport.site.BadSettingException;
import dev.sallyport.site.Host;
import java.io.PrintStream;
import java.util.Map;

class SpringBootPagesBrowserTest extends PagesBrowserContract {
  @Override
  protected Host start(Map<String, String> env, PrintStream out) throws BadSettingException {
    return Quiet.start(env, out);
  }
}
