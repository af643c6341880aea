package dev.sallyport.spring;

import dev.sallyport.scheme.ConfigurationException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.context.ApplicationContext;

/** What is wrong with a host and its handlers, told at once when the application starts. */
final class HandlerFaults {
  private final ApplicationContext context;
  private final HandlerPermissions permissions;
  private final Set<String> faults;

  HandlerFaults(ApplicationContext context, HandlerPermissions permissions) {
    this.context = context;
    this.permissions = permissions;
    this.faults = new TreeSet<>(HostFaults.in(context));
  }

  void add(String fault) {
    faults.add(fault);
  }

  void check(Object handler) {
    try {
      permissions.annotated(handler);
    } catch (IllegalArgumentException e) {
      faults.add(e.getMessage());
    }
  }

  /**
   * A misspelt pattern would leave its handler with the default permission. Those of router
   * functions, and of an actuator on a port of its own, can't be listed here.
   *
   * @param framework which one, for people
   * @param hasFunctions whether there are router functions
   * @param known the patterns of all other handlers
   */
  void checkPatterns(String framework, boolean hasFunctions, Collection<String> known) {
    if (hasFunctions || context.getEnvironment().containsProperty("management.server.port")) {
      return;
    }
    Set<String> sorted = new TreeSet<>(known);
    for (String pattern : permissions.routes().patterns()) {
      if (!sorted.contains(pattern)) {
        faults.add(
            "RoutePermissions: %s has no handler with the pattern '%s', only %s"
                .formatted(framework, pattern, sorted));
      }
    }
  }

  void throwIfAny() {
    if (!faults.isEmpty()) {
      throw new ConfigurationException(new ArrayList<>(faults));
    }
  }
}
