package dev.sallyport.benchmarks.hosts;

import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** The page. It does nothing, so that what stands before it can be seen. */
@RestController
final class Page {
  @GetMapping(path = "/json", produces = MediaType.APPLICATION_JSON_VALUE)
  String json() {
    return "{}";
  }

  /** Spring MVC with its defaults. */
  @Configuration(proxyBeanMethods = false)
  @EnableWebMvc
  static class Mvc {}
}
