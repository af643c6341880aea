package com.example.session;

import static com.example.session.SessionFixture.get;
import static com.example.session.SessionFixture.post;
import static com.example.session.SessionFixture.remembered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.ChainTrace;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.event.AuthListener;
import dev.sallyport.session.Binding;
import dev.sallyport.session.SessionStart.Started;
import dev.sallyport.session.Sessions;
import dev.sallyport.testkit.Secrets;
import dev.sallyport.testkit.TestRequest;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NoSecretTest {
  private final SessionFixture fixture =
      new SessionFixture(b -> b.keepAtLogin("lang"), b -> b.bindToNetwork(Binding.STRICT));
  private final AuthenticatorChain chain =
      AuthenticatorChain.builder(fixture.authenticator)
          .listener(AuthListener.all(AuthListener.slf4j(), fixture.events))
          .build();

  @Test
  @DisplayName("PW-6, row 105 no id, token or digest in an event, a trace, a toString or the log")
  void nowhere() {
    Started first = fixture.start();
    Secrets.remember(first.record().key().text());
    Started moved = remembered(fixture.sessions.rotate(get(first).build()).orElseThrow());
    Secrets.remember(moved.record().key().text());
    fixture.sessions.updateAttributes(get(moved).build(), a -> Map.of("lang", "en"));
    List<Object> shown = new ArrayList<>();
    for (TestRequest request :
        List.of(
            get(first),
            get(moved),
            post(moved).header("X-CSRF-Token", moved.csrfToken()),
            post(moved).header("X-CSRF-Token", first.csrfToken()),
            post(moved).header("Sec-Fetch-Site", "cross-site"),
            get(moved).cookie(SessionFixture.COOKIE, first.cookie().value()),
            get(moved).insecure(),
            get(moved).from("192.0.2.1"))) {
      ChainTrace trace = chain.trace(request.build());
      shown.addAll(List.of(request.build(), trace, trace.result(), trace.steps()));
    }
    Started last = fixture.start("alice", get(moved).build());
    shown.addAll(fixture.events.events());
    shown.addAll(fixture.records());
    shown.addAll(
        List.of(
            first,
            last.cookie(),
            last.record(),
            fixture.sessions,
            fixture.authenticator,
            fixture.sessions.end(get(last).build()),
            fixture.authenticator.planLogout(get(last).build()),
            Sessions.builder(fixture.tokens, fixture.users)));
    assertThat(fixture.events.events(AuthEvent.BindingMismatch.class)).isNotEmpty();
    for (Object object : shown) {
      assertThat(Secrets.findAll(object.toString())).as("%s", object.getClass()).isEmpty();
    }
  }

  @Test
  @DisplayName("PW-6 what was presented doesn't show the cookie, if it is ever printed")
  void presented() throws Exception {
    Started session = fixture.start();
    Object records = invoke(fixture.sessions, "records");
    Method look = records.getClass().getDeclaredMethod("look", AuthRequest.class, Instant.class);
    look.setAccessible(true);
    Object presented = look.invoke(records, get(session).build(), fixture.clock.instant());
    assertThat(presented.toString())
        .contains(session.record().id())
        .doesNotContain(session.cookie().value());
  }

  private static Object invoke(Object target, String method) throws Exception {
    Method found = target.getClass().getDeclaredMethod(method);
    found.setAccessible(true);
    return found.invoke(target);
  }
}
