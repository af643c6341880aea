package dev.sallyport.testkit.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tests of {@link AdapterContract} for forms: the CSRF token in one, and what the handler gets. */
@SuppressWarnings("doclint:missing") // display names say it
interface AdapterForms {
  /** A logged-in browser: its cookie and its CSRF token. */
  record Page(HostUnderTest host, String cookie, String token) {
    static Page of(HostUnderTest host) throws IOException {
      Answer login = host.ask(Ask.post("/auth/login").json(host.user().json())).is(200);
      return new Page(host, login.cookie("session"), login.text("csrf_token"));
    }

    Ask post(String target) {
      return Ask.post(target).cookie(cookie);
    }

    void refuses(Ask ask) throws IOException {
      host.routes.forget();
      host.ask(ask).isProblem(403, "csrf");
      assertThat(host.routes.ran()).isEmpty();
    }
  }

  @Test
  @DisplayName("AD-2, SE-5 csrf_token in a form passes, and the handler reads the whole body")
  default void body(Hosts hosts) throws IOException {
    Page page = Page.of(hosts.proxied());
    for (String rest : new String[] {"", "&a=b&text=%C3%A4+b", "&a=" + "x".repeat(300_000)}) {
      String form = "csrf_token=" + page.token + rest;
      assertThat(page.host.ask(page.post("/form/body").form(form)).is(200).body())
          .as("what the handler says of a form of %s bytes", form.length())
          .isEqualTo(KitRoutes.said(form.getBytes(StandardCharsets.UTF_8)));
    }
  }

  @Test
  @DisplayName("AD-2, SE-5 csrf_token in a form passes, and the handler has its other fields")
  default void parameter(Hosts hosts) throws IOException {
    Page page = Page.of(hosts.proxied());
    String form = "csrf_token=" + page.token + "&text=%C3%A4+b%26c";
    assertThat(page.host.ask(page.post("/form/parameter").form(form)).is(200).body())
        .isEqualTo("text=\u00E4 b&c");
  }

  @Test
  @DisplayName("AD-2 where nobody looks for csrf_token, the handler has body and fields as well")
  default void notLookedAt(Hosts hosts) throws IOException {
    Page page = Page.of(hosts.proxied());
    String form = "a=b&text=c";
    Ask body = page.post("/form/body").with("Sec-Fetch-Site", "same-origin").form(form);
    assertThat(page.host.ask(body).is(200).body())
        .isEqualTo(KitRoutes.said(form.getBytes(StandardCharsets.UTF_8)));
    Ask field = page.post("/form/parameter").with("X-CSRF-Token", page.token).form(form);
    assertThat(page.host.ask(field).is(200).body()).isEqualTo("text=c");
    Ask other = Ask.post("/form/body").basic(page.host.user()).body("text/plain", form);
    assertThat(page.host.ask(other).is(200).body())
        .isEqualTo(KitRoutes.said(form.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  @DisplayName("SE-5 a session without a token is 403 csrf, and nothing runs")
  default void none(Hosts hosts) throws IOException {
    Page page = Page.of(hosts.proxied());
    page.refuses(page.post("/form/body"));
    page.refuses(page.post("/form/body").form("a=b"));
    page.refuses(page.post("/form/parameter").form("csrf_token=wrong"));
    page.refuses(page.post("/form/body").with("Origin", "https://evil.example").form("a=b"));
  }

  @Test
  @DisplayName("AD-2, SE-5 csrf_token in the query never counts")
  default void query(Hosts hosts) throws IOException {
    Page page = Page.of(hosts.proxied());
    String target = "/form/body?csrf_token=" + page.token;
    page.refuses(page.post(target));
    page.refuses(page.post(target).form("a=b"));
    page.refuses(page.post(target).form(""));
    page.refuses(page.post("/form/parameter?csrf_token=" + page.token).form("text=c"));
  }

  @Test
  @DisplayName("AD-2, SE-5 csrf_token in multipart or any other type never counts")
  default void otherTypes(Hosts hosts) throws IOException {
    Page page = Page.of(hosts.proxied());
    String part =
        "--x\r\nContent-Disposition: form-data; name=\"csrf_token\"\r\n\r\n"
            + page.token
            + "\r\n--x--\r\n";
    page.refuses(page.post("/form/body").body("multipart/form-data; boundary=x", part));
    String form = "csrf_token=" + page.token;
    page.refuses(page.post("/form/body").body("multipart/form-data; boundary=x", form));
    page.refuses(page.post("/form/body").body("text/plain", form));
    page.refuses(page.post("/form/body").body("application/json", form));
  }

  @Test
  @DisplayName("AD-2 a form that breaks off behind its first bytes is no csrf_token, nor a 500")
  default void brokenForm(Hosts hosts) throws IOException {
    Page page = Page.of(hosts.proxied());
    page.host.routes.forget();
    String head =
        page.host.http.head(page.host.http.proxied(page.post("/form/body").form("x".repeat(100))));
    try (var socket = page.host.http.connect()) {
      socket.getOutputStream().write((head + "a=b").getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      assertThat(Http1.read(socket.getInputStream(), false).status()).isIn(0, 400, 403);
    }
    assertThat(page.host.routes.ran()).isEmpty();
  }
}
