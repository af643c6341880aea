package dev.sallyport.testkit.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tests of {@link AdapterContract} for outages, failures, and the header fields of answers. */
@SuppressWarnings("doclint:missing") // display names say it
interface AdapterFailures {
  @Test
  @DisplayName("CH-6 while the guard's store is down, requests are 503, and nothing runs")
  default void outageInGuard(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    Ask ask = Ask.get("/whoami").cookie(host.logIn(host.user()));
    host.ask(ask).is(200);
    host.routes.forget();
    host.tokens.down("find+user");
    try {
      assertOutage(host.ask(ask));
      assertOutage(host.ask(ask.as("GET", "/auth/me")));
      assertThat(host.routes.ran()).isEmpty();
    } finally {
      host.tokens.up("find+user");
    }
    host.ask(ask).is(200);
  }

  private static void assertOutage(Answer answer) {
    answer.isProblem(503, "temporarily_unavailable");
    assertThat(answer.values("Retry-After")).containsExactly("5");
  }

  @Test
  @DisplayName("AD-6 StoreUnavailableException of a handler is 503, without the handler's fields")
  default void outageInHandler(Hosts hosts) throws IOException {
    Answer answer = hosts.proxied().ask(Ask.get("/outage"));
    assertOutage(answer);
    assertNothingOfTheHandler(answer);
  }

  @Test
  @DisplayName("AD-6 any other exception of a handler is 500, without the handler's fields")
  default void failure(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    host.routes.forget();
    for (Ask ask : List.of(Ask.get("/failure"), Ask.get("/failure").basic(host.user()))) {
      Answer answer = host.ask(ask).is(500);
      assertNothingOfTheHandler(answer);
      assertThat(answer.body()).doesNotContain("IllegalStateException", "a failure");
      answer.isNotStored();
    }
    assertThat(host.routes.ran()).containsExactly("/failure", "/failure");
  }

  private static void assertNothingOfTheHandler(Answer answer) {
    assertThat(answer.values("X-Own")).as("a field of the handler").isEmpty();
    assertThat(answer.values("Set-Cookie")).as("a cookie of the handler").isEmpty();
  }

  @Test
  @DisplayName("CH-6 where the decision itself fails, the answer is 500, and no handler runs")
  default void brokenPermission(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    host.routes.forget();
    host.ask(Ask.get("/broken-permission").basic(host.user())).is(500);
    host.ask(Ask.get("/broken-permission")).is(500);
    assertThat(host.routes.ran()).isEmpty();
  }

  @Test
  @DisplayName("GU-4 no-store stands once in what follows from credentials, beside the host's own")
  default void noStore(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    TestUser user = host.user();
    Answer answer = host.ask(Ask.get("/own-fields").basic(user)).is(200);
    answer.isNotStored();
    assertThat(answer.values("X-Own")).containsExactly("one", "two");
    assertThat(answer.values("Cache-Control")).anyMatch(value -> value.contains("private"));
    host.ask(Ask.get("/whoami").basic(user)).isNotStored();
    assertThat(host.ask(Ask.get("/public/whoami")).is(200).values("Cache-Control"))
        .as("the caching of an anonymous answer is the host's")
        .noneMatch(value -> value.contains("no-store"));
  }

  @Test
  @DisplayName("AD-6 no field stands twice in a refusal")
  default void noFieldTwice(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    TestUser user = host.user();
    for (Ask ask :
        List.of(
            Ask.get("/whoami"),
            Ask.get("/auth/me"),
            Ask.get("/admin").basic(user),
            Ask.get("/whoami").bearer("unknown-token"),
            Ask.post("/auth/login").body("text/plain", "x"),
            Ask.get("/auth/nothing"),
            Ask.get("/outage"),
            Ask.get("/failure"))) {
      Answer answer = host.ask(ask);
      for (String name :
          List.of("Cache-Control", "Content-Type", "Content-Length", "Retry-After")) {
        assertThat(answer.values(name).size())
            .as("how often %s stands in the answer to %s", name, ask)
            .isLessThan(2);
      }
      assertThat(answer.values("WWW-Authenticate")).doesNotHaveDuplicates();
    }
  }
}
