package com.example.spring;

import dev.sallyport.guard.Permission;
import dev.sallyport.spring.Needs;
import dev.sallyport.spring.RoutePermissions;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application that is processed ahead of time, as for a native image. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(AotApplication.Handlers.class)
class AotApplication {
  static final String READY = "ready at port ";

  interface AdminsOnly {
    @Needs(role = "admin")
    String admin();
  }

  abstract static class Inherited {
    @Needs(role = "admin")
    abstract String secret();
  }

  @RestController
  static class Handlers extends Inherited implements AdminsOnly {
    @GetMapping("/open")
    String open() {
      return "open";
    }

    @Override
    @GetMapping("/admin")
    public String admin() {
      return "admin";
    }

    @Override
    @GetMapping("/secret")
    String secret() {
      return "secret";
    }
  }

  @Bean
  RoutePermissions routePermissions() {
    return RoutePermissions.of(Map.of("/open", Permission.anyone()));
  }

  public static void main(String... args) {
    ConfigurableApplicationContext context = SpringApplication.run(AotApplication.class, args);
    String port = context.getEnvironment().getRequiredProperty("local.server.port");
    System.out.println(READY + port);
  }
}
