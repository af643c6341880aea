package com.example.session;

import static com.example.session.SessionFixture.get;
import static com.example.session.SessionFixture.remembered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.AuthRequest;
import dev.sallyport.TransportSecurity;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.session.SessionResult;
import dev.sallyport.session.SessionResult.Started;
import dev.sallyport.session.Sessions;
import dev.sallyport.testkit.TestRequest;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Over what a login of the host's own may come. */
class LoginTransportTest {
  /** The ways to begin a session. */
  enum Way {
    START,
    REMEMBERED,
    WITHOUT_PASSWORD;

    SessionResult begin(SessionFixture fixture, AuthRequest request) {
      Sessions sessions = fixture.sessions;
      PasswordResult.Verified login = fixture.verified("alice");
      return switch (this) {
        case START -> sessions.start(login, request);
        case REMEMBERED -> sessions.startRemembered(login, request);
        case WITHOUT_PASSWORD -> sessions.start(fixture.alice, login.at(), request, false);
      };
    }
  }

  private static void assertRefused(Way way, SessionFixture fixture, TestRequest login) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> way.begin(fixture, login.build()))
        .withMessageContaining("plain HTTP")
        .withMessageContaining("Guard.checkBody")
        .withMessageContaining("TrustedProxies");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("GU-5 no session begins over plain HTTP; nothing is stored, ended or reported")
  void insecure(Way way) {
    SessionFixture fixture = new SessionFixture();
    Started former = fixture.start();
    fixture.tokens.forget();
    int before = fixture.events.events().size();
    for (TestRequest login :
        List.of(
            get(former).insecure(),
            get(former).insecure().header("Host", "localhost"),
            get(former).insecure().header("X-Forwarded-Proto", "https"))) {
      assertRefused(way, fixture, login);
    }
    assertThat(fixture.tokens.calls()).isEmpty();
    assertThat(fixture.events.events()).hasSize(before);
    assertThat(fixture.isLive(former)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("GU-5 the switch for development lets a session begin on loopback, and nowhere else")
  void development(Way way) {
    SessionFixture local =
        new SessionFixture(
            environment ->
                environment.withTransport(TransportSecurity.OPTIONAL_ON_LOOPBACK_FOR_DEVELOPMENT));
    TestRequest login = TestRequest.post("/login").insecure().header("Host", "localhost:8080");
    Started started = remembered((Started) way.begin(local, login.build()));
    assertThat(started.cookie().name()).isEqualTo("dev-session");
    assertRefused(way, local, login.from("192.0.2.1"));
  }

  @Test
  @DisplayName("GU-5 behind a trusted proxy its word decides whether a session begins")
  void behindProxy() {
    SessionFixture fixture = new SessionFixture();
    TestRequest login =
        TestRequest.post("/login").from("10.0.0.1").insecure().trustedProxies("10.0.0.0/8");
    assertRefused(Way.START, fixture, login);
    assertRefused(
        Way.START,
        fixture,
        TestRequest.post("/login")
            .from("10.0.0.1")
            .trustedProxies("10.0.0.0/8")
            .header("X-Forwarded-For", "192.0.2.1")
            .header("X-Forwarded-Proto", "http"));
    AuthRequest https = login.header("X-Forwarded-Proto", "https").build();
    assertThat(fixture.isLive(remembered((Started) Way.START.begin(fixture, https)))).isTrue();
  }
}
