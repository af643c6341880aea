package com.example.session;

import static com.example.session.SessionFixture.get;
import static com.example.session.SessionFixture.post;
import static com.example.session.SessionFixture.remembered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.ChainTrace;
import dev.sallyport.credential.IssuedCredentials;
import dev.sallyport.credential.Lookup;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.event.AuthListener;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.Binding;
import dev.sallyport.session.SessionResult.Started;
import dev.sallyport.session.Sessions;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.testkit.Secrets;
import dev.sallyport.testkit.TestRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NoSecretTest {
  private final SessionFixture fixture =
      new SessionFixture(b -> b.keepAtLogin("lang"), b -> b.bindToNetwork(Binding.STRICT));
  private final AuthenticatorChain chain =
      AuthenticatorChain.of(
          AuthEnvironment.standard()
              .withListener(AuthListener.all(AuthListener.slf4j(), fixture.events)),
          fixture.authenticator);

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
            post(moved).header("X-CSRF-Token", moved.csrfToken().reveal()),
            post(moved).header("X-CSRF-Token", first.csrfToken().reveal()),
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
            Sessions.builder(Sallyport.of(fixture.users, fixture.tokens))));
    assertThat(fixture.events.events(AuthEvent.BindingMismatch.class)).isNotEmpty();
    for (Object object : shown) {
      assertThat(Secrets.findAll(object.toString())).as("%s", object.getClass()).isEmpty();
    }
  }

  @Test
  @DisplayName("PW-6 what was found by a cookie doesn't show the cookie, if it is ever printed")
  void found() {
    Started session = fixture.start();
    Lookup found =
        IssuedCredentials.builder(
                fixture.environment, TokenKind.SESSION, fixture.tokens, fixture.users)
            .build()
            .find(SecretDigest.of(session.cookie().value()), fixture.clock.instant());
    assertThat(found.toString())
        .contains(session.record().id())
        .doesNotContain(session.cookie().value(), session.record().key().text());
  }
}
