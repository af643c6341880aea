package dev.sallyport.testkit.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tests of {@link AdapterContract} for how requests stand on a connection of HTTP/1.1. */
@SuppressWarnings("doclint:missing") // display names say it
interface AdapterConnections {
  private static Ask staying(Ask ask) {
    return ask.with("Connection", "keep-alive");
  }

  @Test
  @DisplayName("RFC 9112 section 9.3: what nobody reads of a body is never taken for a request")
  default void unreadBody(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    AdapterForms.Page page = AdapterForms.Page.of(host);
    String hidden = host.http.head(host.http.proxied(Ask.get("/public/whoami")));
    for (String body : List.of(hidden, "x".repeat(100_000) + "\r\n" + hidden)) {
      for (Ask refused :
          List.of(
              Ask.post("/form/body").body("text/plain", body),
              Ask.post("/auth/login").body("text/plain", body),
              page.post("/form/body").form(body))) {
        host.routes.forget();
        List<Answer> answers = host.http.inARow(staying(refused), Ask.get("/default"));
        assertThat(answers).hasSizeBetween(1, 2);
        assertThat(answers.get(0).status()).isIn(401, 403, 415);
        assertThat(answers).allMatch(answer -> answer.status() > 400);
        assertThat(host.routes.ran()).isEmpty();
      }
    }
  }

  @Test
  @DisplayName("AD-5 requests on one connection are each their own user's")
  default void sharedConnection(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    TestUser one = host.user("admin");
    TestUser other = host.user();
    List<Answer> answers =
        host.http.inARow(
            staying(Ask.get("/whoami").basic(one)),
            staying(Ask.get("/public/whoami")),
            staying(Ask.get("/whoami").cookie(host.logIn(other))),
            Ask.get("/public/whoami"));
    assertThat(answers)
        .extracting(Answer::body)
        .containsExactly(
            KitRoutes.said(one, "basic"),
            KitRoutes.NOBODY,
            KitRoutes.said(other, "session"),
            KitRoutes.NOBODY);
  }

  @Test
  @DisplayName("AD-2 a body without a length is read as well: a form, JSON, and one too large")
  default void chunked(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    AdapterForms.Page page = AdapterForms.Page.of(host);
    String form = "csrf_token=" + page.token() + "&a=" + "x".repeat(20_000);
    assertThat(host.ask(page.post("/form/body").form(form).chunked()).is(200).body())
        .isEqualTo(KitRoutes.said(form.getBytes(StandardCharsets.UTF_8)));
    host.ask(Ask.post("/auth/login").json(host.user().json()).chunked()).is(200);
    host.ask(Ask.post("/auth/login").json("x".repeat(AdapterBodies.LARGE)).chunked())
        .isProblem(413, "content_too_large");
  }
}
