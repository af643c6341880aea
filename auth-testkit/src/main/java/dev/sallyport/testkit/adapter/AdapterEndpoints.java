package dev.sallyport.testkit.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tests of {@link AdapterContract} for the ready-made endpoints. */
@SuppressWarnings("doclint:missing") // display names say it
interface AdapterEndpoints {
  @Test
  @DisplayName("HT register and me: JSON in UTF-8 goes both ways as it is")
  default void register(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    String json =
        "{\"username\":\"J\u00F6rg \u65E5\u672C\",\"password\":\"" + HostUnderTest.PASSWORD + "\"}";
    Answer made = host.ask(Ask.post("/auth/register").json(json)).is(201);
    assertThat(made.text("username")).isEqualTo("J\u00F6rg \u65E5\u672C");
    assertThat(made.values("Content-Type")).containsExactly("application/json");
    made.isNotStored();
    host.ask(Ask.post("/auth/register").json(json)).isProblem(409, "username_taken");
    TestUser user = new TestUser("J\u00F6rg \u65E5\u672C", HostUnderTest.PASSWORD, Set.of());
    Answer me = host.ask(Ask.get("/auth/me").basic(user)).is(200);
    assertThat(me.text("username")).isEqualTo(user.name());
    assertThat(me.text("scheme")).isEqualTo("basic");
  }

  @Test
  @DisplayName("HT login, me, sessions, logout: a session from its cookie to its end")
  default void sessionEndpoints(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    TestUser user = host.user();
    Answer login = host.ask(Ask.post("/auth/login").json(user.json())).is(200);
    login.isNotStored();
    assertThat(login.setCookie("session"))
        .matches("__Host-session=[A-Za-z0-9_-]{43}; .*")
        .contains("; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/")
        .doesNotContain("Domain");
    String cookie = login.cookie("session");
    Answer me = host.ask(Ask.get("/auth/me").cookie(cookie)).is(200);
    assertThat(me.text("csrf_token")).isEqualTo(login.text("csrf_token"));
    assertThat(host.ask(Ask.get("/auth/sessions").cookie(cookie)).is(200).body())
        .contains("\"current\":true");
    Answer logout =
        host.ask(
                Ask.post("/auth/logout")
                    .cookie(cookie)
                    .with("X-CSRF-Token", login.text("csrf_token")))
            .is(204);
    assertThat(logout.setCookie("session")).contains("Max-Age=0");
    host.ask(Ask.get("/auth/me").cookie(cookie)).isProblem(401, "authentication_required");
  }

  @Test
  @DisplayName("HT tokens: one is made, listed and revoked")
  default void tokenEndpoints(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    TestUser user = host.user();
    Answer made = host.ask(Ask.post("/auth/tokens").basic(user)).is(201);
    String token = made.text("token");
    assertThat(host.ask(Ask.get("/auth/tokens").bearer(token)).is(200).body())
        .contains(made.text("id"))
        .doesNotContain(token);
    host.ask(Ask.of("DELETE", "/auth/tokens/" + made.text("id")).bearer(token)).is(204);
    host.ask(Ask.get("/whoami").bearer(token)).isProblem(401, "invalid_token");
  }

  @Test
  @DisplayName("HT jwt: login, refresh and revoke; the public keys are at their path")
  default void jwtEndpoints(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    TestUser user = host.user();
    Answer pair = host.ask(Ask.post("/auth/jwt").json(user.json())).is(200);
    Answer next = host.ask(refresh(pair)).is(200);
    assertThat(next.text("refresh_token")).isNotEqualTo(pair.text("refresh_token"));
    host.ask(Ask.get("/auth/me").bearer(next.text("access_token"))).is(200);
    host.ask(
            Ask.post("/auth/jwt/revoke")
                .json("{\"refresh_token\":\"" + next.text("refresh_token") + "\"}"))
        .is(204);
    host.ask(refresh(next)).isProblem(401, "invalid_token");
    Answer keys = host.ask(Ask.get("/.well-known/jwks.json")).is(200);
    assertThat(keys.values("Content-Type")).containsExactly("application/jwk-set+json");
    assertThat(keys.body()).startsWith("{\"keys\":[{");
  }

  private static Ask refresh(Answer pair) {
    return Ask.post("/auth/jwt/refresh")
        .json("{\"refresh_token\":\"" + pair.text("refresh_token") + "\"}");
  }

  @Test
  @DisplayName("CH-7 a 401 has each challenge of the chain in a line of its own, in its order")
  default void challenges(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    assertThat(host.challenges()).hasSizeGreaterThan(2);
    for (String path : List.of("/whoami", "/auth/me")) {
      Answer answer = host.ask(Ask.get(path)).isProblem(401, "authentication_required");
      assertThat(answer.values("WWW-Authenticate"))
          .as("the challenges of %s", path)
          .containsExactlyElementsOf(host.challenges());
    }
  }

  @Test
  @DisplayName("GU-1 HEAD is answered as GET without a body, refusals as well")
  default void headOfEndpoints(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    TestUser user = host.user();
    Answer get = host.ask(Ask.get("/auth/me").basic(user)).is(200);
    Answer head = host.ask(Ask.of("HEAD", "/auth/me").basic(user)).is(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.values("Content-Type")).isEqualTo(get.values("Content-Type"));
    if (!head.values("Content-Length").isEmpty()) {
      assertThat(head.values("Content-Length"))
          .containsExactly(Integer.toString(get.body().length()));
    }
    Answer refused = host.ask(Ask.of("HEAD", "/auth/me")).is(401);
    assertThat(refused.body()).isEmpty();
    assertThat(refused.values("WWW-Authenticate")).containsExactlyElementsOf(host.challenges());
  }

  @Test
  @DisplayName("HT an unknown path is 404, another method 405 with Allow, another type 415")
  default void faults(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    host.ask(Ask.get("/auth/nothing")).isProblem(404, "not_found");
    host.ask(Ask.post("/auth/login/more").json("{}")).isProblem(404, "not_found");
    assertThat(
            host.ask(Ask.get("/auth/login")).isProblem(405, "method_not_allowed").values("Allow"))
        .containsExactly("POST");
    assertThat(
            host.ask(Ask.of("DELETE", "/auth/me"))
                .isProblem(405, "method_not_allowed")
                .values("Allow"))
        .containsExactly("GET, HEAD");
    host.ask(Ask.post("/auth/login").body("text/plain", host.user().json()))
        .isProblem(415, "unsupported_media_type");
    host.ask(Ask.post("/auth/login").json("{")).isProblem(400, "malformed_json");
  }

  @Test
  @DisplayName("GU-3 a failed login is 401 with challenges that no browser acts on")
  default void failedLogin(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    String json = "{\"username\":\"nobody\",\"password\":\"not-this-one\"}";
    Answer answer =
        host.ask(Ask.post("/auth/login").json(json)).isProblem(401, "invalid_credentials");
    assertThat(answer.values("WWW-Authenticate"))
        .isNotEmpty()
        .noneMatch(line -> line.startsWith("Basic"));
  }

  @Test
  @DisplayName("AD-3 below a mount path: routes, endpoints, key set and the cookie's path follow")
  default void mounted(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.mounted();
    String mount = HostUnderTest.MOUNT_PATH;
    TestUser user = host.user();
    assertThat(host.ask(Ask.get(mount + "/whoami").basic(user)).is(200).body())
        .isEqualTo(KitRoutes.said(user, "basic"));
    host.ask(Ask.get(mount + "/auth/me").basic(user)).is(200);
    host.ask(Ask.get(mount + "/auth/nothing")).isProblem(404, "not_found");
    host.ask(Ask.get(mount + "/.well-known/jwks.json")).is(200);
    Answer login =
        host.ask(Ask.post(mount + "/auth/jwt").with("Origin", host.http.origin()).json(user.json()))
            .is(200);
    assertThat(login.values("Set-Cookie")).as("each cookie in a line of its own").hasSize(3);
    assertThat(login.setCookie("refresh")).contains("; Path=" + mount + "/auth/jwt");
    assertThat(host.ask(Ask.get("/auth/me").basic(user)).status()).isNotEqualTo(200);
    assertThat(host.ask(Ask.get("/whoami").basic(user)).status()).isNotEqualTo(200);
  }
}
