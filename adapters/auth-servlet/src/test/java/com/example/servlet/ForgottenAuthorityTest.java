package com.example.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Enumeration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.discovery.MethodSelector;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The contract of adapters, against one that knows no authority but the {@code Host} field. */
class ForgottenAuthorityTest {
  /** Nobody runs it by itself: it has to fail. */
  static class Forgetful implements ServletContract {
    @Override
    public Container container() {
      return Container.JETTY;
    }

    @Override
    public void precede(ServletContext context) {
      Filter forgetting =
          (request, response, chain) ->
              chain.doFilter(new WithoutAuthority((HttpServletRequest) request), response);
      var added = context.addFilter("forgetting", forgetting);
      added.setAsyncSupported(true);
      added.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }
  }

  /** Over HTTP/2, a client sends no {@code Host}. */
  private static final class WithoutAuthority extends HttpServletRequestWrapper {
    private final boolean http2;

    WithoutAuthority(HttpServletRequest request) {
      super(request);
      http2 = request.getProtocol().startsWith("HTTP/2");
    }

    @Override
    public String getProtocol() {
      return "HTTP/1.1";
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return http2 && name.equalsIgnoreCase("Host")
          ? Collections.emptyEnumeration()
          : super.getHeaders(name);
    }
  }

  /** The protocols over which a test of the contract fails. */
  private static Set<String> failures(String test) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(
            Stream.of(Forgetful.class.getMethods())
                .filter(method -> method.getName().equals(test))
                .map(method -> DiscoverySelectors.selectMethod(Forgetful.class, method))
                .toArray(MethodSelector[]::new))
        .execute()
        .testEvents()
        .failed()
        .stream()
        .map(event -> event.getTestDescriptor().getDisplayName())
        .collect(Collectors.toSet());
  }

  @Test
  @DisplayName("AD-10 it fails where it is asked over HTTP/2 from its own origin")
  void origins() {
    assertThat(failures("origins"))
        .containsExactlyInAnyOrder("cleartext HTTP/2", "HTTP/2 over TLS");
  }
}
