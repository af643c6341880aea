package dev.sallyport.testkit.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Tests of {@link AdapterContract} for handlers that a request gets to by another way: later, by a
 * forward, as an error page, or as a preflight.
 */
@SuppressWarnings("doclint:missing") // display names say it
interface AdapterArrivals {
  private static void assertKnown(HostUnderTest host, String path, int status) throws IOException {
    TestUser user = host.user("admin");
    Ask session = Ask.get(path).cookie(host.logIn(user));
    host.tokens.forget();
    assertThat(host.ask(session).is(status).body()).isEqualTo(KitRoutes.said(user, "session"));
    assertThat(host.tokens.calls()).as("what the store was asked").containsExactly("find+user");
    assertThat(host.ask(Ask.get(path).basic(user)).is(status).body())
        .isEqualTo(KitRoutes.said(user, "basic"));
    host.routes.forget();
    host.ask(Ask.get(path)).isProblem(401, "authentication_required");
    assertThat(host.routes.ran()).isEmpty();
  }

  @Test
  @DisplayName("AD-5 the host's own idiom says who it is after an asynchronous start as well")
  default void later(Hosts hosts) throws IOException {
    hosts.need(AdapterAbility.ASYNCHRONOUS);
    assertKnown(hosts.proxied(), "/later", 200);
  }

  @Test
  @DisplayName("AD-6 an exception after an asynchronous start is 500, without the handler's fields")
  default void failsLater(Hosts hosts) throws IOException {
    hosts.need(AdapterAbility.ASYNCHRONOUS);
    Answer answer = hosts.proxied().ask(Ask.get("/later/failure")).is(500);
    assertThat(answer.values("X-Own")).isEmpty();
    assertThat(answer.values("Set-Cookie")).isEmpty();
  }

  @Test
  @DisplayName("AD-5 the host's own idiom says who it is behind a forward as well")
  default void forwarded(Hosts hosts) throws IOException {
    hosts.need(AdapterAbility.FORWARDS);
    assertKnown(hosts.proxied(), "/forwarded", 200);
  }

  @Test
  @DisplayName("AD-5 the host's own idiom says who it is on an error page as well")
  default void erroneous(Hosts hosts) throws IOException {
    hosts.need(AdapterAbility.ERROR_PAGES);
    assertKnown(hosts.proxied(), "/erroneous", 409);
  }

  private static Ask preflight(String path) {
    return Ask.of("OPTIONS", path)
        .with("Origin", "https://other.example")
        .with("Access-Control-Request-Method", "GET");
  }

  @Test
  @DisplayName(
      "AD-7 without the option, a preflight is refused like any request without credentials")
  default void preflightRefused(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    host.routes.forget();
    host.ask(preflight("/options")).isProblem(401, "authentication_required");
    assertThat(host.routes.ran()).isEmpty();
  }

  @Test
  @DisplayName("AD-7 with the option, a preflight gets to the host's CORS handler, and to no other")
  default void preflight(Hosts hosts) throws IOException {
    hosts.need(AdapterAbility.PREFLIGHTS);
    HostUnderTest host = hosts.direct();
    host.routes.forget();
    for (String path : new String[] {"/options", "/admin", "/auth/login"}) {
      Answer answer = host.http.raw(host.http.head(preflight(path))).is(204);
      assertThat(answer.values("Access-Control-Allow-Origin"))
          .containsExactly("https://other.example");
    }
    assertThat(host.routes.ran()).isEmpty();
    for (Ask ask :
        new Ask[] {
          Ask.of("OPTIONS", "/options"),
          Ask.of("OPTIONS", "/options").with("Origin", "https://other.example"),
          Ask.of("OPTIONS", "/options").with("Access-Control-Request-Method", "GET")
        }) {
      host.http.raw(host.http.head(ask)).isProblem(401, "authentication_required");
    }
    Ask get = preflight("/admin").as("GET", "/admin");
    host.http.raw(host.http.head(get)).isProblem(401, "authentication_required");
    assertThat(host.routes.ran()).isEmpty();
  }
}
