package dev.sallyport.spring;

import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ApplicationContext;

/** What a host can have that no guard goes together with. */
final class HostFaults {
  private HostFaults() {}

  static List<String> in(ApplicationContext context) {
    List<String> faults = new ArrayList<>(ForwardedHeaders.faults(context.getEnvironment()));
    if (context.containsBean("springSecurityFilterChain")) {
      faults.add(
          "Spring Security guards this application as well: remove its starter, or exclude its"
              + " auto-configuration by spring.autoconfigure.exclude, or set"
              + " sallyport.enabled=false");
    }
    return faults;
  }
}
