package com.example.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.spring.Needs;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AliasFor;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@DisplayName("Spring Boot: annotations that are inherited, and those that are not")
class InheritanceTest {
  private static RunningApp app;

  @Retention(RetentionPolicy.RUNTIME)
  @Needs
  @interface Role {
    @AliasFor(annotation = Needs.class, attribute = "role")
    String[] value();
  }

  interface Generic<T> {
    @RolesAllowed("admin")
    String read(T name);
  }

  @RestController
  static class Concrete implements Generic<String> {
    @GetMapping("/generic")
    @Override
    public String read(@RequestParam("name") String name) {
      return "generic";
    }

    @GetMapping("/overload-of-generic")
    public String read(@RequestParam("number") Integer number) {
      return "overload";
    }
  }

  static class Wide {
    @PermitAll
    public String read(Object name) {
      return "" + name;
    }

    @PermitAll
    static String list(String name) {
      return name;
    }

    @SuppressWarnings("UnusedMethod") // it only stands in the way
    @PermitAll
    private String hidden(String name) {
      return name;
    }

    @PermitAll
    @GetMapping("/of-wide")
    public String own() {
      return "own";
    }

    @GetMapping("/bare-of-wide")
    public String bare() {
      return "bare";
    }
  }

  @Role("admin")
  @RestController
  static class Narrow extends Wide {
    @GetMapping("/narrow")
    public String read(@RequestParam("name") String name) {
      return "narrow";
    }

    @GetMapping("/hidden")
    public String hidden(@RequestParam("name") String name) {
      return "hidden";
    }
  }

  @PermitAll
  interface Open {}

  @RestController
  static class Opened implements Open {
    @GetMapping("/opened")
    String opened() {
      return "opened";
    }

    @Role("admin")
    @GetMapping("/opened/role")
    String role() {
      return "role";
    }
  }

  @Import({Concrete.class, Narrow.class, Opened.class})
  static class Handlers {}

  @BeforeAll
  static void start() {
    app = RunningApp.withUsers(Handlers.class);
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  @ParameterizedTest(name = "{0}: {1}, alice {2}, bob {3}")
  @CsvSource({
    "/generic, 401, 403, 200",
    "/overload-of-generic, 401, 200, 200",
    "/narrow, 401, 403, 200",
    "/hidden, 401, 403, 200",
    "/of-wide, 200, 200, 200",
    "/bare-of-wide, 401, 403, 200",
    "/opened, 200, 200, 200",
    "/opened/role, 401, 403, 200",
  })
  @DisplayName("AD-8 what is overridden counts; an overload, a static or a private method doesn't")
  void table(String path, int anonymous, int alice, int bob) {
    String named = path + "?name=x&number=1";
    assertThat(app.get(named).statusCode()).isEqualTo(anonymous);
    assertThat(app.get(named, "alice").statusCode()).isEqualTo(alice);
    assertThat(app.get(named, "bob").statusCode()).isEqualTo(bob);
  }
}
