package com.example.springboot;

import com.example.host.PagesContract;
import dev.sallyport.site.BadSettingException;
import dev.sallyport.site.Host;
import java.io.PrintStream;
import java.util.Map;

class SpringBootPagesTest extends PagesContract {
  @Override
  protected Host start(Map<String, String> env, PrintStream out) throws BadSettingException {
    return Quiet.start(env, out);
  }
}
