package com.example.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.servlet.Container.Initializer;
import com.example.servlet.Container.Running;
import com.example.servlet.Container.Setup;
import dev.sallyport.guard.Permission;
import dev.sallyport.servlet.AuthFilter;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("AD-5 Who it is stays known behind a dispatch, and nothing is asked again:")
class DispatchTest {
  private final Site site = new Site();
  private final AuthFilter filter =
      site.filter.withPermissions(
          Map.of("/admin", Permission.role("admin"), "/public/*", Permission.anyone()));

  private void run(Container container, Initializer initializer, Site.Conversation conversation)
      throws Exception {
    Site.run(
        container,
        filter,
        context -> {
          Site.serve(context, "/whoami", Site::whoAmI);
          Site.serve(context, "/admin", Site::whoAmI);
          Site.serve(context, "/public/*", Site::whoAmI);
          initializer.onStartup(context);
        },
        conversation);
  }

  private void askedOnce() {
    assertThat(site.tokens.calls()).containsExactly("find+user");
    site.tokens.forget();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a forward, which is judged by what its target needs")
  void forward(Container container) throws Exception {
    run(
        container,
        context ->
            Site.serve(
                context,
                "/forward",
                (request, response) -> {
                  response.setHeader("X-Own", "of the servlet that forwards");
                  request
                      .getRequestDispatcher(request.getParameter("to"))
                      .forward(request, response);
                }),
        wire -> {
          String session = Site.session(wire);
          site.tokens.forget();
          assertThat(wire.get("/forward?to=/whoami", session).body())
              .contains(Site.ALICE_BY_SESSION);
          askedOnce();
          Wire.Answer refused = wire.get("/forward?to=/admin", session);
          assertThat(refused.status()).isEqualTo(403);
          assertThat(refused.body()).contains("\"code\":\"forbidden\"");
          assertThat(refused.values("X-Own")).isEmpty();
          askedOnce();
          assertThat(wire.get("/forward?to=/admin", Site.ADMIN).status()).isEqualTo(200);
          assertThat(wire.get("/forward?to=/public/x", session).status()).isEqualTo(200);
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a forward from a public servlet to one that needs the default permission")
  void forwardFromPublic(Container container) throws Exception {
    Site.run(
        container,
        site.filter.withPermissions(Map.of("/front", Permission.anyone())),
        context -> {
          Site.serve(context, "/whoami", Site::whoAmI);
          Site.serve(
              context,
              "/front",
              (request, response) ->
                  request.getRequestDispatcher("/whoami").forward(request, response));
        },
        wire -> {
          assertThat(wire.get("/front").status()).isEqualTo(401);
          assertThat(wire.get("/front", Site.ALICE).body()).contains(Site.ALICE_BY_BASIC);
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("an include, which is left out if the caller may not see it")
  void include(Container container) throws Exception {
    run(
        container,
        context ->
            Site.serve(
                context,
                "/page",
                (request, response) -> {
                  Site.say(response, "before ");
                  request
                      .getRequestDispatcher(request.getParameter("part"))
                      .include(request, response);
                  Site.say(response, " after " + Site.whoIs(request));
                }),
        wire -> {
          String session = Site.session(wire);
          site.tokens.forget();
          assertThat(wire.get("/page?part=/whoami", session).body())
              .contains("before " + Site.ALICE_BY_SESSION + " after " + Site.ALICE_BY_SESSION);
          askedOnce();
          Wire.Answer without = wire.get("/page?part=/admin", session);
          assertThat(without.status()).isEqualTo(200);
          assertThat(without.body()).contains("before  after " + Site.ALICE_BY_SESSION);
          askedOnce();
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "GU-4 an include in a page without a guard: no-store, or, where it is too late, no part")
  void includeWithoutGuard(Container container) throws Exception {
    Site.run(
        container,
        site.filter.withPermissions(Map.of("/public/*", Permission.anyone())).withoutGuard("/page"),
        context -> {
          Site.serve(context, "/whoami", Site::whoAmI);
          Site.serve(context, "/public/*", Site::whoAmI);
          Site.serve(
              context,
              "/page",
              (request, response) -> {
                response.setHeader("Cache-Control", "public");
                response.getWriter().print("before ");
                if (request.getParameter("late") != null) {
                  response.flushBuffer();
                }
                request
                    .getRequestDispatcher(request.getParameter("part"))
                    .include(request, response);
                response.getWriter().print(" after");
              });
        },
        wire -> {
          String session = Site.session(wire);
          Wire.Answer page = wire.get("/page?part=/whoami", session);
          assertThat(page.body()).contains("before " + Site.ALICE_BY_SESSION + " after");
          assertThat(page.values("Cache-Control")).containsExactly("no-store");
          Wire.Answer late = wire.get("/page?late&part=/whoami", session);
          assertThat(late.body()).contains("before ", " after").doesNotContain("alice");
          assertThat(late.values("Cache-Control")).containsExactly("public");
          for (String target :
              new String[] {
                "/page?part=/public/x", "/page?late&part=/public/x", "/page?part=/whoami"
              }) {
            Wire.Answer anonymous = wire.get(target);
            assertThat(anonymous.body().contains(Site.NOBODY))
                .as(target)
                .isEqualTo(target.contains("public"));
            assertThat(anonymous.values("Cache-Control")).containsExactly("public");
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("an error page, which needs no permission, and has no-store for who is known")
  void errorPage(Container container) throws Exception {
    Initializer all =
        context -> {
          Site.serve(context, "/error", Site::whoAmI);
          Site.serve(context, "/gone", (request, response) -> response.sendError(410));
          Site.serve(context, "/public/*", (request, response) -> response.sendError(410));
          site.filter.withPermissions(Map.of("/public/*", Permission.anyone())).addTo(context);
        };
    try (Running running = container.start(Setup.of(all).withErrorPage(410, "/error"))) {
      Wire wire = Wire.to(running);
      String session = Site.session(wire);
      site.tokens.forget();
      Wire.Answer gone = wire.get("/gone", session);
      assertThat(gone.status()).isEqualTo(410);
      assertThat(gone.body()).contains(Site.ALICE_BY_SESSION);
      assertThat(gone.values("Cache-Control")).contains("no-store");
      askedOnce();
      Wire.Answer anonymous = wire.get("/public/x");
      assertThat(anonymous.status()).isEqualTo(410);
      assertThat(anonymous.body()).contains(Site.NOBODY);
      assertThat(wire.get("/error").status()).as("asked for by a client").isEqualTo(401);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("an asynchronous start, with and without arguments, in the other thread")
  void async(Container container) throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    run(
        container,
        context ->
            Site.serve(
                context,
                "/later",
                (request, response) -> {
                  AsyncContext async =
                      request.getParameter("args") == null
                          ? request.startAsync()
                          : request.startAsync(request, response);
                  new Thread(
                          () -> {
                            try {
                              String who = Site.whoIs((HttpServletRequest) async.getRequest());
                              async.getResponse().getWriter().print(who);
                            } catch (IOException | RuntimeException e) {
                              thrown.set(e);
                            }
                            async.complete();
                          })
                      .start();
                }),
        wire -> {
          String session = Site.session(wire);
          for (String target : new String[] {"/later", "/later?args"}) {
            site.tokens.forget();
            Wire.Answer later = wire.get(target, session);
            assertThat(thrown).hasValue(null);
            assertThat(later.body()).as(target).contains(Site.ALICE_BY_SESSION);
            assertThat(later.values("Cache-Control")).containsExactly("no-store");
            askedOnce();
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("an asynchronous dispatch, which is judged by what its target needs")
  void asyncDispatch(Container container) throws Exception {
    run(
        container,
        context ->
            Site.serve(
                context,
                "/later",
                (request, response) -> {
                  String to = request.getParameter("to");
                  if (request.getDispatcherType() == DispatcherType.ASYNC) {
                    Site.whoAmI(request, response);
                  } else if (to == null) {
                    request.startAsync().dispatch();
                  } else {
                    request.startAsync().dispatch(to);
                  }
                }),
        wire -> {
          String session = Site.session(wire);
          for (String target : new String[] {"/later", "/later?to=/whoami"}) {
            site.tokens.forget();
            assertThat(wire.get(target, session).body()).as(target).contains(Site.ALICE_BY_SESSION);
            askedOnce();
          }
          assertThat(wire.get("/later?to=/admin", session).status()).isEqualTo(403);
          assertThat(wire.get("/later?to=/admin", Site.ADMIN).status()).isEqualTo(200);
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("the container's own request, which an earlier filter may have kept")
  void keptRequest(Container container) throws Exception {
    AtomicReference<String> seen = new AtomicReference<>();
    run(
        container,
        context -> {
          var outer =
              context.addFilter(
                  "outer",
                  (request, response, chain) -> {
                    boolean before = AuthFilter.who(request).isPresent();
                    chain.doFilter(request, response);
                    seen.set(before + AuthFilter.who(request).map(who -> who.scheme()).orElse(""));
                  });
          outer.setAsyncSupported(true);
          outer.addMappingForUrlPatterns(null, false, "/*");
        },
        wire -> {
          wire.get("/whoami", Site.ALICE);
          assertThat(seen).hasValue("falsebasic");
        });
  }
}
