package com.example.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.servlet.AuthFilter;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("AD-7 A preflight")
class PreflightTest {
  private static final String[] PREFLIGHT = {
    "Origin: https://app.example", "Access-Control-Request-Method: GET"
  };

  private final Site site = new Site();

  /** Answers those of one origin, and passes on all else, as CORS filters do. */
  private static final Filter CORS =
      (request, response, chain) -> {
        String origin = ((HttpServletRequest) request).getHeader("Origin");
        if (origin.equals("https://app.example")) {
          ((HttpServletResponse) response).setHeader("Access-Control-Allow-Origin", origin);
          ((HttpServletResponse) response).setStatus(204);
        } else {
          chain.doFilter(request, response);
        }
      };

  private void run(Container container, AuthFilter filter, Site.Conversation conversation)
      throws Exception {
    Site.run(
        container, filter, context -> Site.serve(context, "/whoami", Site::whoAmI), conversation);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("is refused like any other request, unless the host has said who answers it")
  void off(Container container) throws Exception {
    run(
        container,
        site.filter,
        wire -> assertThat(wire.send("OPTIONS", "/whoami", "", PREFLIGHT).status()).isEqualTo(401));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("is answered by the host's filter; what that passes on, the guard decides")
  void on(Container container) throws Exception {
    run(
        container,
        site.filter.withPreflights(CORS),
        wire -> {
          Wire.Answer answer = wire.send("OPTIONS", "/whoami", "", PREFLIGHT);
          assertThat(answer.status()).isEqualTo(204);
          assertThat(answer.values("Access-Control-Allow-Origin"))
              .containsExactly("https://app.example");
          for (String method : new String[] {"GET", "POST"}) {
            assertThat(wire.send(method, "/whoami", "", PREFLIGHT).status()).isEqualTo(401);
          }
          assertThat(wire.send("OPTIONS", "/whoami", "", PREFLIGHT[0]).status()).isEqualTo(401);
          assertThat(
                  wire.send("OPTIONS", "/whoami", "", "Origin: https://evil.example", PREFLIGHT[1])
                      .status())
              .isEqualTo(401);
        });
  }
}
