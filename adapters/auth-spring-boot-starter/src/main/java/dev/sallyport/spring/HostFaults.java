package dev.sallyport.spring;

import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ApplicationContext;

/** What a host can have that no guard goes together with. */
final class HostFaults {
  /** As Spring Security names its filter on WebFlux. */
  private static final String REACTIVE_SECURITY =
      "org.springframework.security.config.annotation.web.reactive.WebFluxSecurityConfiguration"
          + ".WebFilterChainFilter";

  private HostFaults() {}

  static List<String> in(ApplicationContext context) {
    List<String> faults = new ArrayList<>(ForwardedHeaders.faults(context.getEnvironment()));
    if (context.containsBean("springSecurityFilterChain")
        || context.containsBean(REACTIVE_SECURITY)) {
      faults.add(
          "Spring Security guards this application as well: remove its starter, or exclude its"
              + " auto-configuration by spring.autoconfigure.exclude, or set"
              + " sallyport.enabled=false");
    }
    if (context.containsBean("forwardedHeaderTransformer")) {
      faults.add(
          "forwardedHeaderTransformer: this bean believes X-Forwarded-* itself; remove it, and name"
              + " the proxies in auth.trusted-proxies");
    }
    return faults;
  }
}
