package dev.sallyport.testkit.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tests of {@link AdapterContract} for request lines and heads that no browser sends. */
@SuppressWarnings("doclint:missing") // display names say it
interface AdapterTargets {
  private static Answer send(HostUnderTest host, String target, String authority, Ask ask)
      throws IOException {
    String head =
        host.http
            .head(host.http.proxied(ask))
            .replaceFirst(" \\S+ HTTP/1", " " + target + " HTTP/1")
            .replaceFirst("Host: .*", "Host: " + authority);
    return host.http.raw(head, ask.body());
  }

  @Test
  @DisplayName("AD-1 a request line in absolute form is answered as one in origin form")
  default void absoluteForm(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    TestUser user = host.user();
    String own = host.http.base().getRawAuthority();
    assertThat(
            send(host, "http://" + own + "/whoami?a=b", own, Ask.get("/").basic(user))
                .is(200)
                .body())
        .isEqualTo(KitRoutes.said(user, "basic"));
    send(host, "http://" + own + "/auth/me", own, Ask.get("/").basic(user)).is(200);
    send(host, "http://" + own + "/auth/nothing", own, Ask.get("/")).isProblem(404, "not_found");
    send(host, "http://" + own + "/admin", own, Ask.get("/").basic(user))
        .isProblem(403, "forbidden");
  }

  @Test
  @DisplayName("AD-1 the authority of the absolute form, not Host, says what is the own origin")
  default void absoluteAuthority(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    String own = host.http.base().getRawAuthority();
    Ask login = Ask.post("/").with("Origin", host.http.origin()).json(host.user().json());
    send(host, "http://" + own + "/auth/login", own, login).is(200);
    assertThat(send(host, "http://other.example/auth/login", own, login).status())
        .as("a login at another authority, from the page of the one in Host")
        .isIn(400, 403, 404, 421);
    assertThat(send(host, "http://" + own + "/auth/login", "other.example", login).status())
        .as("a login at the own authority; a host may refuse the other Host")
        .isIn(200, 400, 421);
  }

  @Test
  @DisplayName("AD-8 no way to write a path gets past the permission of its route")
  default void paths(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    TestUser user = host.user();
    String own = host.http.base().getRawAuthority();
    for (String target :
        List.of(
            "/admin;a=b",
            "/admin;",
            "/;a=b/admin",
            "/%61dmin",
            "/%2561dmin",
            "/adm%69n?x",
            "/admin%20",
            "/admin%00",
            "/admin/",
            "/admin//",
            "/ADMIN",
            "//admin",
            "///admin",
            "/./admin",
            "/public/../admin",
            "/public/%2e%2e/admin",
            "/public/..;/admin",
            "/public/..%2fadmin",
            "/public/whoami/../../admin",
            "/public//../admin",
            "/public\\..\\admin",
            "/auth/../admin",
            "/admin?/../public/whoami",
            "/admin#/public/whoami",
            "admin",
            "http://" + own + "/public/../admin",
            "http://" + own + "//admin",
            "http://public@" + own + "/admin")) {
      for (Ask ask : List.of(Ask.get("/"), Ask.get("/").basic(user))) {
        host.routes.forget();
        Answer answer = send(host, target, own, ask);
        assertThat(answer.body()).as("the answer to %s", target).doesNotContain(KitRoutes.ADMIN);
        assertThat(host.routes.ran()).as("what ran for %s", target).doesNotContain("/admin");
      }
    }
  }

  @Test
  @DisplayName("AD-1 two Host lines that differ are 400, and nothing runs")
  default void twoHosts(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    host.routes.forget();
    Ask ask = Ask.get("/whoami").basic(host.user()).with("Host", "other.example");
    host.ask(ask).is(400);
    Ask login = Ask.post("/auth/login").with("Host", "other.example").json(host.user().json());
    host.ask(login).is(400);
    assertThat(host.routes.ran()).isEmpty();
  }

  @Test
  @DisplayName("RFC 9112 section 5.2: a folded line is never a header field of its own")
  default void folded(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    TestUser user = host.user();
    String credentials = Ask.get("/").basic(user).lines().get(0).value();
    Ask hidden = Ask.get("/whoami").with("X-Note", "a\r\n Authorization: " + credentials);
    assertThat(host.ask(hidden).status()).isIn(400, 401);
    Ask behind = Ask.get("/whoami").basic(user).with("X-Note", "a\r\n b");
    assertThat(host.ask(behind).status()).isIn(200, 400);
    Ask longer = Ask.get("/whoami").with("Authorization", credentials + "\r\n junk");
    assertThat(host.ask(longer).status()).isIn(400, 401);
  }

  @Test
  @DisplayName("CH-5 an Authorization field of more than 8 KiB is refused")
  default void longAuthorization(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    assertThat(host.ask(Ask.get("/whoami").bearer("x".repeat(9000))).status()).isIn(400, 401, 431);
    host.ask(Ask.get("/whoami").basic(host.user())).is(200);
  }
}
