package dev.sallyport.spring;

import dev.sallyport.scheme.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.AbstractHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** Looks at all handlers when the application starts, so that no fault waits for a request. */
record HandlerCheck(ListableBeanFactory beans, HandlerPermissions permissions)
    implements SmartInitializingSingleton {
  @Override
  public void afterSingletonsInstantiated() {
    List<String> faults = new ArrayList<>();
    Map<String, HandlerMapping> mappings = beans.getBeansOfType(HandlerMapping.class);
    mappings.forEach(
        (name, mapping) -> {
          if (!(mapping instanceof AbstractHandlerMapping)) {
            faults.add(
                "The bean '%s' finds handlers that nobody could guard: let its class extend"
                        .formatted(name)
                    + " AbstractHandlerMapping, which knows interceptors");
          }
          if (mapping instanceof RequestMappingInfoHandlerMapping methods) {
            methods.getHandlerMethods().values().forEach(method -> check(method, faults));
          }
        });
    if (!faults.isEmpty()) {
      throw new ConfigurationException(faults);
    }
  }

  private void check(Object handler, List<String> faults) {
    try {
      permissions.annotated(handler);
    } catch (IllegalArgumentException e) {
      if (!faults.contains(e.getMessage())) {
        faults.add(e.getMessage());
      }
    }
  }
}
