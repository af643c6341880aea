package dev.sallyport.spring;

import java.util.ArrayList;
import java.util.List;
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
    HandlerFaults faults = new HandlerFaults(context, permissions);
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
            methods.getHandlerMethods().values().forEach(faults::check);
          }
        });
    faults.checkPatterns(
        "Spring MVC",
        mappings.values().stream().anyMatch(HandlerCheck::hasFunctions),
        mappings.values().stream().flatMap(mapping -> patterns(mapping).stream()).toList());
    faults.throwIfAny();
  }

  private static boolean hasFunctions(HandlerMapping mapping) {
    return mapping instanceof RouterFunctionMapping functions
        && functions.getRouterFunction() != null;
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
