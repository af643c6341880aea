package dev.sallyport.testkit.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.event.AuthEvent;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Tests of {@link AdapterContract} for who a request is from, by each scheme. */
@SuppressWarnings("doclint:missing") // display names say it
interface AdapterSchemes {
  @Test
  @DisplayName("AD-10 the abilities that the host is declared to have are reported")
  default void reportsAbilities(Hosts hosts, TestReporter reporter) {
    reporter.publishEntry("abilities", hosts.abilities().toString());
    assertThat(hosts.abilities()).doesNotContainNull();
  }

  @Test
  @DisplayName("AD-5 by Basic, the host's own idiom says who it is, and which roles they have")
  default void basic(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    TestUser user = host.user("admin");
    assertThat(host.ask(Ask.get("/whoami").basic(user)).is(200).body())
        .isEqualTo(KitRoutes.said(user, "basic"));
  }

  @Test
  @DisplayName("AD-5 by a session cookie, the host's own idiom says who it is")
  default void session(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    TestUser user = host.user();
    assertThat(host.ask(Ask.get("/whoami").cookie(host.logIn(user))).is(200).body())
        .isEqualTo(KitRoutes.said(user, "session"));
  }

  @Test
  @DisplayName("AD-5, TK-3 by an opaque token, the host's own idiom says who it is")
  default void token(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    TestUser user = host.user();
    String token = host.token(user);
    assertThat(host.ask(Ask.get("/whoami").bearer(token)).is(200).body())
        .isEqualTo(KitRoutes.said(user, "token"));
    assertThat(host.ask(Ask.get("/whoami").authorization("Token " + token)).is(200).body())
        .isEqualTo(KitRoutes.said(user, "token"));
  }

  @Test
  @DisplayName("AD-5 by a JWT, the host's own idiom says who it is")
  default void jwt(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    TestUser user = host.user("admin");
    String access = host.ask(Ask.post("/auth/jwt").json(user.json())).is(200).text("access_token");
    assertThat(host.ask(Ask.get("/whoami").bearer(access)).is(200).body())
        .isEqualTo(KitRoutes.said(user, "jwt"));
  }

  @Test
  @DisplayName("AD-5 an anonymous request on a public route is nobody's, by the host's own idiom")
  default void anonymous(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    assertThat(host.ask(Ask.get("/public/whoami")).is(200).body()).isEqualTo(KitRoutes.NOBODY);
    TestUser user = host.user();
    assertThat(host.ask(Ask.get("/public/whoami").basic(user)).is(200).body())
        .isEqualTo(KitRoutes.said(user, "basic"));
  }

  @Test
  @DisplayName("CH-2 wrong explicit credentials are 401 on a public route too, and nothing runs")
  default void wrongOnPublic(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    host.routes.forget();
    host.ask(Ask.get("/public/whoami").authorization("Basic !"))
        .isProblem(401, "malformed_credentials");
    host.ask(Ask.get("/public/whoami").bearer("unknown-token")).isProblem(401, "invalid_token");
    assertThat(host.routes.ran()).isEmpty();
  }

  @Test
  @DisplayName("AD-8, SP-4 a route without a permission needs the guard's default permission")
  default void defaultPermission(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    host.routes.forget();
    host.ask(Ask.get("/default")).isProblem(401, "authentication_required");
    assertThat(host.routes.ran()).isEmpty();
    TestUser user = host.user();
    host.ask(Ask.get("/default").with("Authorization", "Token " + host.token(user, "other")))
        .isProblem(403, "insufficient_scope");
    assertThat(host.routes.ran()).isEmpty();
    host.ask(Ask.get("/default").basic(user)).is(200);
  }

  @Test
  @DisplayName("GU-2 who lacks the role is 403, and nothing runs; who has it gets in")
  default void role(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    host.routes.forget();
    host.ask(Ask.get("/admin").basic(host.user("writer"))).isProblem(403, "forbidden");
    host.ask(Ask.get("/admin")).isProblem(401, "authentication_required");
    assertThat(host.routes.ran()).isEmpty();
    assertThat(host.ask(Ask.get("/admin").basic(host.user("admin"))).is(200).body())
        .isEqualTo(KitRoutes.ADMIN);
  }

  @Test
  @DisplayName("AD-5 a request is authenticated once, and costs one read of the store")
  default void authenticatesOnce(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    TestUser user = host.user();
    List<Ask> asks =
        List.of(
            Ask.get("/whoami").cookie(host.logIn(user)),
            Ask.get("/whoami").bearer(host.token(user)));
    for (Ask ask : asks) {
      host.tokens.forget();
      int before = host.events.events(AuthEvent.RequestAuthenticated.class).size();
      host.ask(ask).is(200);
      assertThat(host.tokens.calls()).as("what the store was asked").containsExactly("find+user");
      assertThat(host.events.events(AuthEvent.RequestAuthenticated.class))
          .as("how often somebody was authenticated")
          .hasSize(before + 1);
    }
  }

  @Test
  @DisplayName("CH-5 two Authorization lines are 401, also if both are right")
  default void twoAuthorizations(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    TestUser user = host.user();
    for (String path : List.of("/whoami", "/public/whoami", "/auth/me")) {
      host.ask(Ask.get(path).basic(user).basic(user)).isProblem(401, "malformed_credentials");
    }
  }
}
