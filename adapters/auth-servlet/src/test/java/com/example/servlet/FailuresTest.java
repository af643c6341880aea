package com.example.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.StoreUnavailableException;
import dev.sallyport.guard.Problem;
import dev.sallyport.http.RefusedRequestException;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("AD-6 A servlet that fails:")
class FailuresTest {
  private final Site site = new Site();

  /** Notes what reaches the container. */
  private static void addOuter(ServletContext context, AtomicReference<Throwable> thrown) {
    context
        .addFilter(
            "outer",
            (request, response, chain) -> {
              try {
                chain.doFilter(request, response);
              } catch (IOException | ServletException | RuntimeException e) {
                thrown.set(e);
                throw e;
              }
            })
        .addMappingForUrlPatterns(null, false, "/*");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("an outage is 503, also inside a ServletException, without the servlet's fields")
  void outage(Container container) throws Exception {
    site.run(
        container,
        context ->
            Site.serve(
                context,
                "/outage",
                (request, response) -> {
                  response.setHeader("X-Own", "a");
                  response.setHeader("Cache-Control", "max-age=60");
                  Site.say(response, "half of an answer");
                  StoreUnavailableException down = new StoreUnavailableException("down");
                  if (request.getParameter("wrapped") != null) {
                    throw new ServletException(new ServletException(down));
                  }
                  throw down;
                }),
        wire -> {
          for (String target : new String[] {"/outage", "/outage?wrapped"}) {
            Wire.Answer answer = wire.get(target, Site.ALICE);
            assertThat(answer.status()).as(target).isEqualTo(503);
            assertThat(answer.body())
                .startsWith("{")
                .contains("\"code\":\"temporarily_unavailable\"")
                .endsWith("}");
            assertThat(answer.values("Retry-After")).containsExactly("5");
            assertThat(answer.values("Cache-Control")).containsExactly("no-store");
            assertThat(answer.values("X-Own")).isEmpty();
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("an outage behind the first byte of an answer can only break it off")
  void outageTooLate(Container container) throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    site.run(
        container,
        context -> {
          addOuter(context, thrown);
          Site.serve(
              context,
              "/outage",
              (request, response) -> {
                response.getOutputStream().print("half of an answer");
                response.flushBuffer();
                throw new StoreUnavailableException("down");
              });
        },
        wire -> {
          assertThat(wire.get("/outage", Site.ALICE).body()).doesNotContain("temporarily");
          assertThat(thrown.get()).isInstanceOf(StoreUnavailableException.class);
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a refusal is sent from a ServletException, since a servlet can't throw it itself")
  void refused(Container container) throws Exception {
    site.run(
        container,
        context ->
            Site.serve(
                context,
                "/refused",
                (request, response) -> {
                  throw new ServletException(
                      new RefusedRequestException(Problem.of(409, "taken", "It is taken.")));
                }),
        wire -> {
          Wire.Answer answer = wire.get("/refused", Site.ALICE);
          assertThat(answer.status()).isEqualTo(409);
          assertThat(answer.body()).contains("\"code\":\"taken\"");
          assertThat(answer.values("Cache-Control")).containsExactly("no-store");
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "any other exception reaches the container as it is, and nothing of the answer stays")
  void surfaces(Container container) throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    site.run(
        container,
        context -> {
          addOuter(context, thrown);
          Site.serve(
              context,
              "/fails/*",
              (request, response) -> {
                response.addHeader("Set-Cookie", "a=b");
                Site.say(response, "half of an answer");
                switch (request.getPathInfo()) {
                  case "/io" -> throw new IOException("own");
                  case "/servlet" -> throw new ServletException("own");
                  default -> throw new IllegalStateException("own");
                }
              });
        },
        wire -> {
          for (String target : new String[] {"/fails/io", "/fails/servlet", "/fails/runtime"}) {
            Wire.Answer answer = wire.get(target, Site.ALICE);
            assertThat(answer.status()).as(target).isEqualTo(500);
            assertThat(answer.values("Set-Cookie")).isEmpty();
            assertThat(answer.body()).doesNotContain("half of");
            assertThat(thrown.get()).hasMessage("own");
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "GU-4 no-store stands once, whatever a servlet adds or resets, unless it sets its own")
  void noStore(Container container) throws Exception {
    site.run(
        container,
        context -> {
          Site.serve(
              context,
              "/adds",
              (request, response) -> response.addHeader("Cache-Control", "no-store"));
          Site.serve(context, "/resets", (request, response) -> response.reset());
          Site.serve(
              context,
              "/sets",
              (request, response) -> response.setHeader("Cache-Control", "private, max-age=9"));
          Site.serve(context, "/missing", (request, response) -> response.sendError(404));
        },
        wire -> {
          for (String target : new String[] {"/adds", "/resets"}) {
            assertThat(wire.get(target, Site.ALICE).values("Cache-Control"))
                .as(target)
                .containsExactly("no-store");
          }
          assertThat(wire.get("/sets", Site.ALICE).values("Cache-Control"))
              .containsExactly("private, max-age=9");
          assertThat(String.join(",", wire.get("/missing", Site.ALICE).values("Cache-Control")))
              .contains("no-store");
        });
  }
}
