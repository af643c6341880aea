package com.example.demo;

import com.example.host.HostContract;
import dev.sallyport.demo.Demo;
import dev.sallyport.site.BadSettingException;
import dev.sallyport.site.Host;
import java.io.PrintStream;
import java.util.Map;

class DemoHostTest extends HostContract {
  @Override
  protected Host start(Map<String, String> env, PrintStream out) throws BadSettingException {
    return Demo.start(env, out);
  }

  @Override
  protected boolean showsTraces() {
    return true;
  }
}
