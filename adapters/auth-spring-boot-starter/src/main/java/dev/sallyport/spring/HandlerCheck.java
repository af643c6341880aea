package dev.sallyport.spring;

import dev.sallyport.scheme.ConfigurationException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContext;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.handler.AbstractHandlerMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** Looks at all handlers when the application starts, so that no fault waits for a request. */
record HandlerCheck(ApplicationContext context, HandlerPermissions permissions)
    implements SmartInitializingSingleton {
  @Override
  public void afterSingletonsInstantiated() {
    Set<String> faults = new TreeSet<>(HostFaults.in(context));
    var mappings = context.getBeansOfType(HandlerMapping.class);
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
    checkPatterns(mappings.values(), faults);
    if (!faults.isEmpty()) {
      throw new ConfigurationException(new ArrayList<>(faults));
    }
  }

  private void check(Object handler, Set<String> faults) {
    try {
      permissions.annotated(handler);
    } catch (IllegalArgumentException e) {
      faults.add(e.getMessage());
    }
  }

  /**
   * A misspelt pattern would leave its handler with the default permission. Those of router
   * functions, and of an actuator on a port of its own, can't be listed here.
   */
  private void checkPatterns(Collection<HandlerMapping> mappings, Set<String> faults) {
    boolean unlisted =
        context.getEnvironment().containsProperty("management.server.port")
            || mappings.stream()
                .anyMatch(
                    mapping ->
                        mapping instanceof RouterFunctionMapping functions
                            && functions.getRouterFunction() != null);
    if (unlisted) {
      return;
    }
    Set<String> known = new TreeSet<>();
    mappings.forEach(mapping -> known.addAll(patterns(mapping)));
    for (String pattern : permissions.routes().patterns()) {
      if (!known.contains(pattern)) {
        faults.add(
            "RoutePermissions: Spring MVC has no handler with the pattern '%s', only %s"
                .formatted(pattern, known));
      }
    }
  }

  private static List<String> patterns(HandlerMapping mapping) {
    List<String> patterns = new ArrayList<>();
    if (mapping instanceof RequestMappingInfoHandlerMapping methods) {
      methods
          .getHandlerMethods()
          .keySet()
          .forEach(info -> patterns.addAll(info.getPatternValues()));
    }
    if (mapping instanceof AbstractUrlHandlerMapping urls) {
      patterns.addAll(urls.getHandlerMap().keySet());
      urls.getPathPatternHandlerMap()
          .keySet()
          .forEach(pattern -> patterns.add(pattern.getPatternString()));
      if (urls.getRootHandler() != null) {
        patterns.add("/");
      }
    }
    return patterns;
  }
}
