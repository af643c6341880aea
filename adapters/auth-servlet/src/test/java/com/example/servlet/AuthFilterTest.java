package com.example.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.guard.Permission;
import dev.sallyport.servlet.AuthFilter;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The filter")
class AuthFilterTest {
  private final Site site = new Site();

  @ParameterizedTest
  @EnumSource
  @DisplayName("GU-1 lets through what the default permission allows, and answers the rest")
  void guards(Container container) throws Exception {
    site.run(
        container,
        context -> Site.serve(context, "/whoami", Site::whoAmI),
        wire -> {
          Wire.Answer alice = wire.get("/whoami", Site.ALICE);
          assertThat(alice.status()).isEqualTo(200);
          assertThat(alice.body()).contains(Site.ALICE_BY_BASIC);
          assertThat(alice.values("Cache-Control")).containsExactly("no-store");
          assertThat(wire.get("/whoami", Site.session(wire)).body())
              .contains(Site.ALICE_BY_SESSION);

          Wire.Answer anonymous = wire.get("/whoami");
          assertThat(anonymous.status()).isEqualTo(401);
          assertThat(anonymous.body()).contains("\"code\":\"authentication_required\"");
          assertThat(anonymous.values("Content-Type")).containsExactly("application/problem+json");
          assertThat(anonymous.values("Cache-Control")).containsExactly("no-store");
          assertThat(anonymous.values("WWW-Authenticate"))
              .hasSize(2)
              .first()
              .asString()
              .startsWith("Session ");
          assertThat(wire.get("/whoami", "Authorization: Basic !").body())
              .contains("malformed_credentials");
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("AD-8 a permission stands by the mapping or the name that the container has matched")
  void permissions(Container container) throws Exception {
    AuthFilter filter =
        site.filter.withPermissions(
            Map.of(
                "/admin/*", Permission.role("admin"),
                "servlet of /public", Permission.anyone(),
                "/both", Permission.anyone(),
                "servlet of /both", Permission.role("admin")));
    Site.run(
        container,
        filter,
        context -> {
          for (String path : new String[] {"/admin/*", "/public", "/both", "/other"}) {
            Site.serve(context, path, Site::whoAmI);
          }
        },
        wire -> {
          assertThat(wire.get("/public").body()).contains(Site.NOBODY);
          assertThat(wire.get("/public", Site.ALICE).body()).contains(Site.ALICE_BY_BASIC);
          assertThat(wire.get("/both").status()).isEqualTo(200);
          assertThat(wire.get("/other").status()).isEqualTo(401);
          for (String target :
              new String[] {
                "/admin/x", "/admin", "/%61dmin/x", "/admin;a=b/x", "/public/../admin/x"
              }) {
            assertThat(wire.get(target, Site.ALICE).status()).as(target).isIn(400, 403);
          }
          assertThat(wire.get("/admin/x", Site.ALICE).body()).contains("\"code\":\"forbidden\"");
          assertThat(wire.get("/admin/x", Site.ADMIN).status()).isEqualTo(200);
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("CH-2 wrong credentials are refused in front of a public servlet as well")
  void wrongOnPublic(Container container) throws Exception {
    Site.run(
        container,
        site.filter.withPermissions(Map.of("/public", Permission.anyone())),
        context -> Site.serve(context, "/public", Site::whoAmI),
        wire ->
            assertThat(wire.get("/public", "Authorization: Basic YTpi").status()).isEqualTo(401));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("GU-6 a permission inside a servlet is judged without another look at the store")
  void require(Container container) throws Exception {
    site.run(
        container,
        context ->
            Site.serve(
                context,
                "/mine",
                (request, response) -> {
                  Permission needed = Permission.role(request.getParameter("role"));
                  if (AuthFilter.require(request, response, needed)) {
                    Site.say(response, "welcome to " + AuthFilter.authRequest(request).target());
                  }
                }),
        wire -> {
          String session = Site.session(wire);
          site.tokens.forget();
          Wire.Answer refused = wire.get("/mine?role=admin", session);
          assertThat(refused.status()).isEqualTo(403);
          assertThat(refused.body()).contains("\"code\":\"forbidden\"");
          assertThat(refused.values("Cache-Control")).containsExactly("no-store");
          assertThat(wire.get("/mine?role=reader", session).body())
              .contains("welcome to /mine?role=reader");
          assertThat(site.tokens.calls()).containsExactly("find+user", "find+user");
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("AD-8 paths that a container takes for those of the endpoints are nobody's")
  void endpoints(Container container) throws Exception {
    site.run(
        container,
        context -> Site.serve(context, "/whoami", Site::whoAmI),
        wire -> {
          assertThat(wire.get("/auth/me", Site.ALICE).body()).contains("\"username\":\"alice\"");
          assertThat(wire.get("/auth/me").status()).isEqualTo(401);
          assertThat(wire.get("/auth/nothing").status()).isEqualTo(404);
          assertThat(wire.get("/auth/nothing").body()).contains("\"code\":\"not_found\"");
          for (String target : new String[] {"/%61uth/me", "/auth;a=b/me", "/x/../auth/me"}) {
            assertThat(wire.get(target).status()).as(target).isIn(400, 401);
            assertThat(wire.get(target, Site.ALICE).status()).as(target).isIn(400, 404);
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("AD-3 the path of the key set is the host's own where no keys are published")
  void ownKeySet(Container container) throws Exception {
    String path = "/.well-known/jwks.json";
    Container.Initializer filterFirst =
        context -> {
          site.filter.withPermissions(Map.of(path, Permission.anyone())).addTo(context);
          Site.serve(context, path, (request, response) -> Site.say(response, "own keys"));
        };
    try (var running = container.start(Container.Setup.of(filterFirst))) {
      assertThat(Wire.to(running).get(path).body()).contains("own keys");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("GU-2 a servlet without a guard looks at no credentials, and leads past no other's")
  void withoutGuard(Container container) throws Exception {
    Site.run(
        container,
        site.filter.withoutGuard("/open"),
        context -> {
          Site.serve(context, "/whoami", Site::whoAmI);
          Site.serve(
              context,
              "/open",
              (request, response) -> {
                if (request.getParameter("forward") != null) {
                  request.getRequestDispatcher("/whoami").forward(request, response);
                } else if (request.getParameter("require") != null) {
                  AuthFilter.require(request, response, Permission.anyone());
                } else {
                  Site.whoAmI(request, response);
                }
              });
        },
        wire -> {
          String session = Site.session(wire);
          site.tokens.forget();
          assertThat(wire.get("/open", "Authorization: Basic !").body()).contains(Site.NOBODY);
          Wire.Answer open = wire.get("/open", session);
          assertThat(open.body()).contains(Site.NOBODY);
          assertThat(open.values("Cache-Control")).isEmpty();
          assertThat(site.tokens.calls()).isEmpty();
          assertThat(wire.get("/open?require", session).status()).isEqualTo(500);
          assertThat(wire.get("/open?forward").status()).isEqualTo(401);
          assertThat(wire.get("/open?forward", session).body()).contains(Site.ALICE_BY_SESSION);
        });
  }
}
