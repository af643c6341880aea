package dev.sallyport.spring;

import dev.sallyport.scheme.ConfigurationException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContext;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.function.server.support.RouterFunctionMapping;
import org.springframework.web.reactive.handler.AbstractUrlHandlerMapping;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;

/** Looks at all handlers when the application starts, so that no fault waits for a request. */
record ReactiveHandlerCheck(ApplicationContext context, HandlerPermissions permissions)
    implements SmartInitializingSingleton {
  @Override
  public void afterSingletonsInstantiated() {
    Set<String> faults = new TreeSet<>(HostFaults.in(context));
    Collection<HandlerMapping> mappings = context.getBeansOfType(HandlerMapping.class).values();
    for (HandlerMapping mapping : mappings) {
      if (mapping instanceof RequestMappingInfoHandlerMapping methods) {
        methods.getHandlerMethods().values().forEach(method -> check(method, faults));
      }
    }
    checkPatterns(mappings, faults);
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
    mappings.forEach(mapping -> addPatterns(mapping, known));
    for (String pattern : permissions.routes().patterns()) {
      if (!known.contains(pattern)) {
        faults.add(
            "RoutePermissions: WebFlux has no handler with the pattern '%s', only %s"
                .formatted(pattern, known));
      }
    }
  }

  private static void addPatterns(HandlerMapping mapping, Set<String> known) {
    if (mapping instanceof RequestMappingInfoHandlerMapping methods) {
      methods
          .getHandlerMethods()
          .keySet()
          .forEach(
              info ->
                  info.getPatternsCondition()
                      .getPatterns()
                      .forEach(pattern -> known.add(pattern.getPatternString())));
    }
    if (mapping instanceof AbstractUrlHandlerMapping urls) {
      urls.getHandlerMap().keySet().forEach(pattern -> known.add(pattern.getPatternString()));
    }
  }
}
