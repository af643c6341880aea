package com.example.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sallyport.guard.Guard;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.scheme.ConfigurationException;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.spring.ReactiveRefusalAutoConfiguration;
import dev.sallyport.webflux.AuthWebFilter;
import jakarta.servlet.Filter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.context.annotation.Bean;

@DisplayName("Spring Boot: what doesn't go together")
class NeighboursTest {
  static class Secured {
    /** As Spring Security names its filter. */
    @Bean
    Filter springSecurityFilterChain() {
      return (request, response, chain) -> chain.doFilter(request, response);
    }
  }

  /** A host with a guard of its own, which no settings are read for. */
  static class OwnGuard {
    @Bean
    Guard guard() {
      Sallyport auth = Sallyport.inMemory();
      return auth.guard(dev.sallyport.session.SessionAuthenticator.of(auth));
    }
  }

  @Test
  @DisplayName("beside Spring Security, the application doesn't start, and says what to do")
  void springSecurity() {
    assertThat(catchThrowable(() -> RunningApp.withUsers(Secured.class).close()))
        .rootCause()
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("Spring Security")
        .hasMessageContaining("spring.autoconfigure.exclude");
    try (RunningApp app = RunningApp.withUsers(Secured.class, "sallyport.enabled=false")) {
      assertThat(app.get("/").statusCode()).isEqualTo(404);
    }
  }

  @Test
  @DisplayName(
      "on WebFlux without its adapter, the application doesn't start, and says what to add")
  void webFlux() {
    ReactiveWebApplicationContextRunner runner =
        new ReactiveWebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ReactiveRefusalAutoConfiguration.class));
    runner.run(context -> assertThat(context).hasNotFailed());
    runner = runner.withClassLoader(new FilteredClassLoader(AuthWebFilter.class));
    runner.run(
        context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("dev.sallyport:auth-webflux")
                .hasMessageContaining("spring-boot-starter-webmvc"));
    runner
        .withPropertyValues("sallyport.enabled=false")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  @DisplayName("SP-3 a guard of the host's own counts, without users or endpoints of ours")
  void ownGuardAlone() {
    try (RunningApp app = RunningApp.of(OwnGuard.class)) {
      assertThat(app.get("/").statusCode()).isEqualTo(401);
      assertThat(app.context().getBean(Guard.class).chain().members()).hasSize(1);
      assertThat(app.context().getBeanNamesForType(AuthEndpoints.class)).isEmpty();
    }
  }

  @Test
  @DisplayName("TH-5 forwarded headers are refused beside a guard of the host's own as well")
  void ownGuard() {
    assertThat(
            catchThrowable(
                () ->
                    RunningApp.of(OwnGuard.class, "server.forward-headers-strategy=framework")
                        .close()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("auth.trusted-proxies");
  }
}
