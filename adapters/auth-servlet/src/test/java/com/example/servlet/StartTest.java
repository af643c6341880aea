package com.example.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.example.servlet.Container.Initializer;
import com.example.servlet.Container.Setup;
import dev.sallyport.guard.Permission;
import dev.sallyport.servlet.AuthFilter;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("What doesn't fit is refused at start:")
class StartTest {
  /** The message with which a filter refuses the context that it is put into. */
  private static String refusal(Container container, String contextPath, AuthFilter filter) {
    AtomicReference<Throwable> seen = new AtomicReference<>();
    Initializer initializer =
        context -> {
          Site.serve(context, "/whoami", Site::whoAmI);
          filter.addTo(context);
          seen.set(catchThrowable(() -> filter.init(config(context))));
        };
    assertThat(catchThrowable(() -> container.start(Setup.of(contextPath, initializer)).close()))
        .isNotNull();
    return seen.get().getMessage();
  }

  private static FilterConfig config(ServletContext context) {
    return (FilterConfig)
        Proxy.newProxyInstance(
            StartTest.class.getClassLoader(),
            new Class<?>[] {FilterConfig.class},
            (proxy, method, arguments) -> context);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("AD-3 a context path that isn't the environment's mount path")
  void contextPath(Container container) {
    assertThat(refusal(container, "/app", new Site().filter))
        .contains("'/app'", "AuthEnvironment.withMountPath(\"/app\")");
    assertThat(refusal(container, "", new Site("/app").filter))
        .contains("'/app'", "AuthEnvironment.withMountPath(\"\")");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("AD-8 a permission of a servlet that isn't there")
  void unknownServlet(Container container) {
    Permission admin = Permission.role("admin");
    assertThat(refusal(container, "", new Site().filter.withPermissions(Map.of("/admn", admin))))
        .contains("'/admn'", "no servlet of that name or mapping");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a second filter that adds itself to the context")
  void twice(Container container) throws Exception {
    Site site = new Site();
    site.run(
        container,
        context -> Site.serve(context, "/whoami", Site::whoAmI),
        wire -> assertThat(wire.get("/whoami", Site.ALICE).status()).isEqualTo(200));
    assertThat(catchThrowable(() -> site.run(container, site.filter::addTo, wire -> {})))
        .hasStackTraceContaining("The context has an AuthFilter already");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("AD-3 below its context path, the site works, endpoints and cookies included")
  void belowContextPath(Container container) throws Exception {
    Site site = new Site("/app");
    Initializer initializer =
        context -> {
          Site.serve(context, "/whoami", Site::whoAmI);
          site.filter.addTo(context);
        };
    try (var running = container.start(Setup.of("/app", initializer))) {
      Wire wire = Wire.to(running);
      assertThat(wire.get("/app/whoami", Site.ALICE).body()).contains(Site.ALICE_BY_BASIC);
      assertThat(wire.get("/app/auth/me", Site.ALICE).status()).isEqualTo(200);
      assertThat(wire.get("/auth/me", Site.ALICE).status()).isEqualTo(404);
    }
  }
}
