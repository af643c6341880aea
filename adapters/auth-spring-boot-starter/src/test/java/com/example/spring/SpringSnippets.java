package com.example.spring;

import dev.sallyport.Authenticated;
import dev.sallyport.guard.Permission;
import dev.sallyport.spring.Needs;
import dev.sallyport.spring.RoutePermissions;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.core.convert.converter.Converter;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The code of docs/spring-boot.md that no test needs. */
final class SpringSnippets {
  private SpringSnippets() {}

  @Retention(RetentionPolicy.RUNTIME)
  @Needs(role = "admin")
  @interface AdminOnly {}

  record Member(String name) {}

  @RestController
  static class Users {
    @Needs(role = "admin", within = "15m")
    @DeleteMapping("/users/{name}")
    void delete(@PathVariable String name) {
      System.getLogger("users").log(System.Logger.Level.INFO, "deleted " + name);
    }

    @GetMapping("/notes")
    String notes(Authenticated who) {
      return "Notes of " + who.principal().name();
    }
  }

  static class Beans {
    @Bean
    RoutePermissions assets() {
      return RoutePermissions.of(Map.of("/assets/**", Permission.anyone()));
    }

    @Bean
    RoutePermissions routes() {
      return RoutePermissions.of(
          Map.of(
              "/assets/**", Permission.anyone(),
              "/actuator/health", Permission.anyone()));
    }

    @Bean
    Converter<Authenticated, Member> members() {
      return who -> new Member(who.principal().name());
    }
  }
}
