package dev.sallyport.spring;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContext;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.function.server.support.RouterFunctionMapping;
import org.springframework.web.reactive.handler.AbstractUrlHandlerMapping;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;

/** Looks at all handlers when the application starts, so that no fault waits for a request. */
record ReactiveHandlerCheck(ApplicationContext context, HandlerPermissions permissions)
    implements SmartInitializingSingleton {
  @Override
  public void afterSingletonsInstantiated() {
    HandlerFaults faults = new HandlerFaults(context, permissions);
    Collection<HandlerMapping> mappings = context.getBeansOfType(HandlerMapping.class).values();
    for (HandlerMapping mapping : mappings) {
      if (mapping instanceof RequestMappingInfoHandlerMapping methods) {
        methods.getHandlerMethods().values().forEach(faults::check);
      }
    }
    faults.checkPatterns(
        "WebFlux",
        mappings.stream().anyMatch(ReactiveHandlerCheck::hasFunctions),
        mappings.stream()
            .flatMap(mapping -> patterns(mapping).stream())
            .map(PathPattern::getPatternString)
            .toList());
    faults.throwIfAny();
  }

  private static boolean hasFunctions(HandlerMapping mapping) {
    return mapping instanceof RouterFunctionMapping functions
        && functions.getRouterFunction() != null;
  }

  private static List<PathPattern> patterns(HandlerMapping mapping) {
    List<PathPattern> patterns = new ArrayList<>();
    if (mapping instanceof RequestMappingInfoHandlerMapping methods) {
      methods
          .getHandlerMethods()
          .keySet()
          .forEach(info -> patterns.addAll(info.getPatternsCondition().getPatterns()));
    }
    if (mapping instanceof AbstractUrlHandlerMapping urls) {
      patterns.addAll(urls.getHandlerMap().keySet());
    }
    return patterns;
  }
}
