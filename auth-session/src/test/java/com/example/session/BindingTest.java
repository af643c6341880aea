package com.example.session;

import static com.example.session.SessionFixture.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sallyport.Authenticated;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.session.Binding;
import dev.sallyport.session.SessionResult.Started;
import dev.sallyport.testkit.TestRequest;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BindingTest {
  private static final String AGENT = "Browser/1";

  private static SessionFixture bound(Binding toUserAgent, Binding toNetwork) {
    return new SessionFixture(b -> b, b -> b.bindToUserAgent(toUserAgent).bindToNetwork(toNetwork));
  }

  private static Started start(SessionFixture fixture, String address) {
    return fixture.start(
        "alice", TestRequest.post("/login").from(address).header("User-Agent", AGENT).build());
  }

  @ParameterizedTest(name = "from {0}, then {1}: the same network {2}")
  @DisplayName("SE-4 the network is IPv4 /24 or IPv6 /56, to the bit")
  @CsvSource({
    "192.0.2.0, 192.0.2.255, true",
    "192.0.2.0, 192.0.3.0, false",
    "192.0.2.255, 192.0.1.255, false",
    "192.0.2.1, 193.0.2.1, false",
    "10.0.0.1, 138.0.0.1, false",
    "2001:db8:0:aa00::1, 2001:db8:0:aaff:ffff:ffff:ffff:ffff, true",
    "2001:db8:0:aa00::1, 2001:db8:0:ab00::1, false",
    "2001:db8:0:aa00::1, 2001:db8:1:aa00::1, false",
    "192.0.2.1, ::ffff:192.0.2.9, true",
    "192.0.2.1, 2001:db8::1, false",
    "2001:db8::1, 192.0.2.1, false",
  })
  void networks(String first, String then, boolean same) {
    SessionFixture fixture = bound(Binding.OFF, Binding.STRICT);
    Started session = start(fixture, first);
    assertThat(fixture.authenticator.authenticate(get(session).from(then).build()))
        .matches(result -> result instanceof Authenticated == same, "authenticated: " + same);
    assertThat(fixture.records()).hasSize(same ? 1 : 0);
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("SE-4 the user agent is compared as a whole; none is like an empty one")
  @CsvSource({"Browser/1, true", "Browser/2, false", "browser/1, false", "'', false"})
  void agents(String then, boolean same) {
    SessionFixture fixture = bound(Binding.STRICT, Binding.OFF);
    Started session = start(fixture, "192.0.2.1");
    TestRequest request = get(session);
    if (!then.isEmpty()) {
      request.header("User-Agent", then);
    }
    assertThat(fixture.authenticator.authenticate(request.build()) instanceof Authenticated)
        .isEqualTo(same);
  }

  @Test
  @DisplayName("SE-4 strict ends the session, for everybody, and the events say why")
  void strict() {
    SessionFixture fixture = bound(Binding.STRICT, Binding.LOG);
    Started session = start(fixture, "192.0.2.1");
    var thief = get(session).from("198.51.100.7").header("User-Agent", "Thief").build();
    assertThat(fixture.authenticator.authenticate(thief))
        .hasToString("NotAttempted[binding_mismatch]");
    assertThat(fixture.events.events(AuthEvent.Ended.class))
        .extracting(AuthEvent.Ended::why)
        .containsExactly("binding_mismatch");
    assertThat(fixture.events.events(AuthEvent.BindingMismatch.class))
        .extracting(AuthEvent.BindingMismatch::what, AuthEvent.BindingMismatch::ended)
        .containsExactly(tuple("user_agent", true), tuple("network", true));
    var owner = get(session).from("192.0.2.1").header("User-Agent", AGENT).build();
    assertThat(fixture.authenticator.authenticate(owner)).isNotInstanceOf(Authenticated.class);
    assertThat(fixture.records()).isEmpty();
  }

  @Test
  @DisplayName("SE-4 log, the default, tells of it and goes on")
  void log() {
    SessionFixture fixture = new SessionFixture();
    Started session = start(fixture, "192.0.2.1");
    var other = get(session).from("198.51.100.7").header("User-Agent", "Other").build();
    assertThat(fixture.authenticator.authenticate(other)).isInstanceOf(Authenticated.class);
    List<AuthEvent.BindingMismatch> mismatches =
        fixture.events.events(AuthEvent.BindingMismatch.class);
    assertThat(mismatches)
        .extracting(AuthEvent.BindingMismatch::what)
        .containsExactly("user_agent", "network");
    assertThat(mismatches)
        .allSatisfy(
            mismatch -> {
              assertThat(mismatch.ended()).isFalse();
              assertThat(mismatch.id()).isEqualTo(session.record().id());
              assertThat(mismatch.userId()).isEqualTo(fixture.alice.id());
              assertThat(mismatch.client().getHostAddress()).isEqualTo("198.51.100.7");
              assertThat(mismatch.at()).isEqualTo(fixture.clock.instant());
            });
    assertThat(fixture.events.events(AuthEvent.Ended.class)).isEmpty();
  }

  @Test
  @DisplayName("SE-4 off is silent; the session keeps the mark of its login when it is rotated")
  void off() {
    SessionFixture fixture = bound(Binding.OFF, Binding.OFF);
    Started session = start(fixture, "192.0.2.1");
    var other = get(session).from("198.51.100.7").header("User-Agent", "Other").build();
    assertThat(fixture.authenticator.authenticate(other)).isInstanceOf(Authenticated.class);
    assertThat(fixture.events.events(AuthEvent.BindingMismatch.class)).isEmpty();
    Started moved = SessionFixture.remembered(fixture.sessions.rotate(other).orElseThrow());
    assertThat(moved.record().attributes()).isEqualTo(session.record().attributes());
  }

  @Test
  @DisplayName("SE-4, GU-5 the network is the client's as trusted proxies tell it")
  void behindProxies() {
    SessionFixture fixture = bound(Binding.OFF, Binding.STRICT);
    Started session = start(fixture, "192.0.2.1");
    TestRequest through =
        get(session)
            .from("10.0.0.1")
            .trustedProxies("10.0.0.0/8")
            .header("X-Forwarded-For", "192.0.2.77")
            .header("X-Forwarded-Proto", "https");
    assertThat(fixture.authenticator.authenticate(through.build()))
        .isInstanceOf(Authenticated.class);
    TestRequest spoofed = get(session).from("10.0.0.1").header("X-Forwarded-For", "192.0.2.77");
    assertThat(fixture.authenticator.authenticate(spoofed.build()))
        .isNotInstanceOf(Authenticated.class);
  }
}
