package com.example.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.guard.Permission;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("AD-5 The servlet API's own methods:")
class ServletApiTest {
  private final Site site = new Site();

  /** What a method of the API refuses with. */
  private static String refusal(HttpServletRequest request) {
    try {
      if (request.getParameter("login") == null) {
        request.logout();
      } else {
        request.login("alice", Site.PASSWORD);
      }
      return "accepted";
    } catch (ServletException e) {
      return e.getMessage();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("login and logout are refused, and say what to call")
  void loginAndLogout(Container container) throws Exception {
    site.run(
        container,
        context ->
            Site.serve(
                context, "/api", (request, response) -> Site.say(response, refusal(request))),
        wire -> {
          assertThat(wire.get("/api?login", Site.ALICE).body())
              .contains("SessionLogin")
              .doesNotContain(Site.PASSWORD);
          assertThat(wire.get("/api?logout", Site.ALICE).body()).contains("Sessions.end");
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("authenticate is true for somebody, and for nobody writes the guard's refusal")
  void authenticate(Container container) throws Exception {
    Site.run(
        container,
        site.filter.withPermissions(Map.of("/api", Permission.anyone())),
        context ->
            Site.serve(
                context,
                "/api",
                (request, response) -> {
                  if (request.authenticate(response)) {
                    Site.say(response, "somebody");
                  }
                }),
        wire -> {
          assertThat(wire.get("/api", Site.ALICE).body()).contains("somebody");
          Wire.Answer nobody = wire.get("/api");
          assertThat(nobody.status()).isEqualTo(401);
          assertThat(nobody.values("WWW-Authenticate")).hasSize(2);
          assertThat(nobody.values("Cache-Control")).containsExactly("no-store");
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("isUserInRole knows the role ** of the specification, * is nobody's")
  void roles(Container container) throws Exception {
    Site.run(
        container,
        site.filter.withPermissions(Map.of("/api", Permission.anyone())),
        context ->
            Site.serve(
                context,
                "/api",
                (request, response) ->
                    Site.say(
                        response,
                        "<"
                            + request.isUserInRole("reader")
                            + request.isUserInRole("READER")
                            + request.isUserInRole("*")
                            + request.isUserInRole("**")
                            + request.isUserInRole(null)
                            + ">")),
        wire -> {
          assertThat(wire.get("/api", Site.ALICE).body()).contains("<truefalsefalsetruefalse>");
          assertThat(wire.get("/api").body()).contains("<falsefalsefalsefalsefalse>");
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("getUserPrincipal shows its name, equals the same user's, and no secret")
  void principal(Container container) throws Exception {
    site.run(
        container,
        context ->
            Site.serve(
                context,
                "/api",
                (request, response) ->
                    Site.say(
                        response,
                        request.getUserPrincipal()
                            + " "
                            + request.getUserPrincipal().equals(request.getUserPrincipal())
                            + request.getAttribute("dev.sallyport.servlet.Admission"))),
        wire ->
            assertThat(wire.get("/api", Site.ALICE).body())
                .contains("alice true")
                .contains("Admission[GET /api, "));
  }
}
