package dev.sallyport.testkit.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Tests of {@link AdapterContract} for what must hold over each protocol that the host speaks. */
@SuppressWarnings("doclint:missing") // display names say it
interface AdapterProtocols {
  @TestFactory
  @DisplayName("AD-5 over each protocol, the host's own idiom says who it is")
  default Stream<DynamicTest> schemes(Hosts hosts) {
    return hosts.overEachProtocol(
        (host, client) -> {
          TestUser user = host.user("admin");
          assertThat(client.ask(Ask.get("/whoami").basic(user)).is(200).body())
              .isEqualTo(KitRoutes.said(user, "basic"));
          assertThat(client.ask(Ask.get("/whoami").cookie(host.logIn(user))).is(200).body())
              .isEqualTo(KitRoutes.said(user, "session"));
          assertThat(client.ask(Ask.get("/admin").bearer(host.token(user))).is(200).body())
              .isEqualTo(KitRoutes.ADMIN);
          assertThat(client.ask(Ask.get("/public/whoami")).is(200).body())
              .isEqualTo(KitRoutes.NOBODY);
        });
  }

  @TestFactory
  @DisplayName("AD-1 over each protocol, a login from the own origin is 200, from another one 403")
  default Stream<DynamicTest> origins(Hosts hosts) {
    return hosts.overEachProtocol(
        (host, client) -> {
          Ask login = Ask.post("/auth/login").json(host.user().json());
          client.ask(login.with("Origin", client.origin())).is(200);
          client.ask(login.with("Origin", "https://other.example")).isProblem(403, "csrf");
          client.ask(login.with("Origin", "null")).isProblem(403, "csrf");
          client.ask(login.with("Origin", client.origin() + "0")).isProblem(403, "csrf");
        });
  }

  @TestFactory
  @DisplayName("GU-1 over each protocol, a refusal is written as it is, line by line")
  default Stream<DynamicTest> refusals(Hosts hosts) {
    return hosts.overEachProtocol(
        (host, client) -> {
          Answer answer = client.ask(Ask.get("/whoami")).isProblem(401, "authentication_required");
          assertThat(answer.values("WWW-Authenticate"))
              .containsExactlyElementsOf(host.challenges());
          Answer head = client.ask(Ask.of("HEAD", "/auth/me")).is(401);
          assertThat(head.values("WWW-Authenticate")).containsExactlyElementsOf(host.challenges());
          assertThat(head.body()).isEmpty();
          client.ask(Ask.get("/admin").basic(host.user())).isProblem(403, "forbidden");
          client.ask(Ask.get("/auth/nothing")).isProblem(404, "not_found");
        });
  }

  @TestFactory
  @DisplayName("AD-2 over each protocol, csrf_token in a form passes, and the handler has it all")
  default Stream<DynamicTest> forms(Hosts hosts) {
    return hosts.overEachProtocol(
        (host, client) -> {
          AdapterForms.Page page = AdapterForms.Page.of(host);
          String form = "csrf_token=" + page.token() + "&a=" + "x".repeat(100_000);
          assertThat(client.ask(page.post("/form/body").form(form)).is(200).body())
              .isEqualTo(KitRoutes.said(form.getBytes(StandardCharsets.UTF_8)));
          client
              .ask(page.post("/form/body?csrf_token=" + page.token()).form("a=b"))
              .isProblem(403, "csrf");
        });
  }

  @TestFactory
  @DisplayName("AD-6 over each protocol, 413, 500 and 503 reach the client")
  default Stream<DynamicTest> failures(Hosts hosts) {
    return hosts.overEachProtocol(
        (host, client) -> {
          client
              .ask(Ask.post("/auth/login").json("x".repeat(100_000)))
              .isProblem(413, "content_too_large");
          assertThat(client.ask(Ask.get("/failure")).is(500).values("X-Own")).isEmpty();
          assertThat(
                  client
                      .ask(Ask.get("/outage"))
                      .isProblem(503, "temporarily_unavailable")
                      .values("X-Own"))
              .isEmpty();
        });
  }

  private static List<Ask.Line> fields(Http2Frames frames, String host, TestUser user) {
    URI base = frames.base();
    List<Ask.Line> fields = new ArrayList<>();
    fields.add(new Ask.Line(":method", "GET"));
    fields.add(new Ask.Line(":scheme", base.getScheme()));
    fields.add(new Ask.Line(":path", "/whoami"));
    fields.add(new Ask.Line(":authority", base.getRawAuthority()));
    fields.add(new Ask.Line("host", host));
    fields.add(new Ask.Line("x-forwarded-proto", "https"));
    fields.add(new Ask.Line("authorization", Ask.get("/").basic(user).lines().get(0).value()));
    return fields;
  }

  @TestFactory
  @DisplayName("AD-1 over HTTP/2, Host and :authority that differ are 400, and nothing runs")
  default Stream<DynamicTest> authorities(Hosts hosts) {
    return hosts.overHttp2(
        (host, frames) -> {
          TestUser user = host.user();
          String own = frames.base().getRawAuthority();
          assertThat(frames.status(fields(frames, own, user)))
              .as("where both agree")
              .isEqualTo(200);
          host.routes.forget();
          assertThat(frames.status(fields(frames, "other.example", user)))
              .as("the status, or 0 for a stream that the host has ended")
              .isIn(400, 0);
          assertThat(host.routes.ran()).isEmpty();
        });
  }
}
