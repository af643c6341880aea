package com.example.session;

import static com.example.session.SessionFixture.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthRequest;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.SessionResult.Started;
import dev.sallyport.session.Sessions;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.testkit.Race;
import dev.sallyport.testkit.TestRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AttributesTest {
  private final SessionFixture fixture =
      new SessionFixture(b -> b.keepAtLogin("cart", "lang", "cart"), b -> b);
  private final Started session = fixture.start();
  private final AuthRequest request = get(session).build();

  private boolean set(Map<String, String> attributes) {
    return fixture.sessions.updateAttributes(request, old -> attributes);
  }

  private static Map<String, String> many(int count) {
    return IntStream.range(0, count)
        .boxed()
        .collect(Collectors.toMap(i -> "name" + i, i -> "value"));
  }

  @Test
  @DisplayName("SE-10, CH-12 attributes are kept, and told with the result")
  void kept() {
    assertThat(fixture.who(session).attributes()).isEmpty();
    assertThat(set(Map.of("cart", "3"))).isTrue();
    assertThat(
            fixture.sessions.updateAttributes(
                request,
                old -> {
                  old.put("theme", "dark");
                  return old;
                }))
        .isTrue();
    assertThat(fixture.who(session).attributes()).isEqualTo(Map.of("cart", "3", "theme", "dark"));
    assertThat(set(Map.of())).isTrue();
    assertThat(fixture.who(session).attributes()).isEmpty();
  }

  @Test
  @DisplayName("SE-10, row 53 a login drops them but for those that are named")
  void login() {
    set(Map.of("cart", "3", "admin", "yes"));
    Started next = fixture.start("bob", request);
    assertThat(fixture.who(next).attributes()).isEqualTo(Map.of("cart", "3"));
  }

  @Test
  @DisplayName("SE-10 at most 16, names to 64 characters, values to 1,024; else nothing changes")
  void limits() {
    String name = "n".repeat(64);
    String value = "v".repeat(1024);
    assertThat(set(many(16))).isTrue();
    assertThat(set(Map.of(name, value))).isTrue();
    for (Map<String, String> refused :
        List.of(
            many(17),
            Map.of("", "x"),
            Map.of(name + "n", "x"),
            Map.of("a", value + "v"),
            Map.of(".client", "x"),
            Map.of(".remembered", ""),
            Map.of(".", ""))) {
      assertThatThrownBy(() -> set(refused)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(fixture.who(session).attributes()).isEqualTo(Map.of(name, value));
  }

  @Test
  @DisplayName("SE-10 our own attributes are never seen, changed or named")
  void reserved() {
    Started remembered =
        SessionFixture.remembered(
            (Started)
                fixture.sessions.startRemembered(
                    fixture.verified("alice"), TestRequest.post("/login").build()));
    AuthRequest own = get(remembered).build();
    Map<String, String> seen = new HashMap<>();
    assertThat(
            fixture.sessions.updateAttributes(
                own,
                old -> {
                  seen.putAll(old);
                  old.clear();
                  return old;
                }))
        .isTrue();
    assertThat(seen).isEmpty();
    assertThat(fixture.who(remembered).attributes()).isEmpty();
    assertThat(fixture.sessions.rotate(own).orElseThrow().cookie().header()).contains("Max-Age=");
    Sessions.Builder builder =
        Sessions.builder(Sallyport.of(CredentialStore.inMemory(), fixture.tokens));
    for (String name : List.of(".client", "", "n".repeat(65))) {
      assertThatThrownBy(() -> builder.keepAtLogin(name))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  @DisplayName("SE-10 many changes at once lose nothing")
  void concurrent() throws Exception {
    for (int round = 0; round < 20; round++) {
      set(Map.of("count", "0"));
      List<Boolean> changed =
          Race.of(
              Collections.nCopies(
                  16,
                  () ->
                      fixture.sessions.updateAttributes(
                          request,
                          old -> Map.of("count", "" + (Integer.parseInt(old.get("count")) + 1)))));
      assertThat(changed).containsOnly(true);
      assertThat(fixture.who(session).attributes()).isEqualTo(Map.of("count", "16"));
    }
  }

  @Test
  @DisplayName("SE-10 without a session there is nothing to change")
  void noSession() {
    fixture.clock.advance(Duration.ofMinutes(30));
    assertThat(set(Map.of("a", "b"))).isFalse();
    assertThat(
            fixture.sessions.updateAttributes(
                TestRequest.get("/").build(),
                old -> {
                  throw new AssertionError("asked in vain");
                }))
        .isFalse();
  }

  @Test
  @DisplayName("SE-10, PW-6 no message shows a value")
  void noValueInMessages() {
    String value = "a value that nobody else may read ".repeat(40);
    assertThatThrownBy(() -> set(Map.of("card", value)))
        .hasMessageContaining("'card'")
        .hasMessageNotContaining("nobody else");
  }
}
