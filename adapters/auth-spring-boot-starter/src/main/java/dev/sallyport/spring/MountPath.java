package dev.sallyport.spring;

import org.springframework.boot.web.context.reactive.ReactiveWebApplicationContext;
import org.springframework.context.ApplicationContext;

/** The path that the whole application is below. */
final class MountPath {
  private MountPath() {}

  static String of(ApplicationContext context) {
    String key =
        context instanceof ReactiveWebApplicationContext
            ? "spring.webflux.base-path"
            : "server.servlet.context-path";
    return context.getEnvironment().getProperty(key, "");
  }
}
