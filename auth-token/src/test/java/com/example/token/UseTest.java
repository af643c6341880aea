package com.example.token;

import static com.example.token.TokenFixture.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.Lifetime;
import dev.sallyport.testkit.Race;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenAuthenticator;
import dev.sallyport.token.TokenResult.Issued;
import dev.sallyport.token.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UseTest {
  private final TokenFixture fixture = new TokenFixture();

  private List<String> callsOfOneUse(Issued issued) {
    fixture.watched.forget();
    assertThat(fixture.isLive(issued)).isTrue();
    return fixture.watched.calls();
  }

  @Test
  @DisplayName("TK-4 a request costs one read, of token and user together")
  void oneRead() {
    Issued issued = fixture.issue();
    for (int i = 0; i < 5; i++) {
      assertThat(callsOfOneUse(issued)).containsExactly("find+user");
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 60000", "10, 1000", "100, 10000", "599, 59900", "600, 60000", "86400, 60000"})
  @DisplayName("TK-4, SE-3 a use is written down every minute, or tenth of the idle time")
  void touch(int idleSeconds, int dueMillis) {
    Lifetime lifetime =
        idleSeconds == 0
            ? Lifetime.never()
            : Lifetime.sliding(Duration.ofSeconds(idleSeconds), Duration.ofDays(10));
    Issued issued = fixture.issue(NewToken.standard().lifetime(lifetime));
    for (int i = 0; i < 3; i++) {
      fixture.clock.advance(Duration.ofMillis(dueMillis - 1));
      assertThat(callsOfOneUse(issued)).containsExactly("find+user");
      fixture.clock.advance(Duration.ofMillis(1));
      assertThat(callsOfOneUse(issued)).containsExactly("find+user", "touch");
      assertThat(callsOfOneUse(issued)).containsExactly("find+user");
      assertThat(fixture.records().get(0).lastSeenAt()).isEqualTo(fixture.clock.instant());
    }
  }

  @Test
  @DisplayName("TK-4 a clock that is behind writes nothing, and what is refused is no use")
  void noUse() {
    Issued issued = fixture.issue();
    fixture.clock.advance(Duration.ofMinutes(-5));
    assertThat(callsOfOneUse(issued)).containsExactly("find+user");
    fixture.clock.advance(Duration.ofMinutes(15));
    fixture.raise();
    fixture.watched.forget();
    fixture.assertRefused(issued, "old_epoch");
    assertThat(fixture.watched.calls()).containsExactly("find+user");
  }

  @Test
  @DisplayName("TK-4 one that is revoked before its use is written down is refused, and stays away")
  void revokedMeanwhile() {
    Issued issued = fixture.issue();
    fixture.clock.advance(Duration.ofMinutes(2));
    fixture.watched.before(
        "touch", () -> fixture.tokens.revoke(fixture.alice.id(), issued.record().id()));
    fixture.assertRefused(issued, "ended_meanwhile");
    fixture.assertRefused(issued, "unknown_or_expired");
    assertThat(fixture.records()).isEmpty();
  }

  @Test
  @DisplayName("TK-4 a revocation holds for the next request, on every node")
  void everyNode() {
    Tokens node =
        Tokens.builder(
                Sallyport.of(
                    AuthEnvironment.standard().withClock(fixture.clock),
                    fixture.users,
                    fixture.watched))
            .build();
    TokenAuthenticator other = TokenAuthenticator.of(node);
    Issued issued = fixture.issue();
    AuthRequest request = get(issued.token().reveal()).build();
    assertThat(other.authenticate(request)).isInstanceOf(Authenticated.class);
    fixture.tokens.revoke(fixture.alice.id(), issued.record().id());
    TokenFixture.assertRefused(other.authenticate(request), "unknown_or_expired");
  }

  @Test
  @DisplayName("TK-4, TK-5 a revocation wins against uses that race it: 300 races")
  void races() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      for (int round = 0; round < 300; round++) {
        Issued issued = fixture.issue();
        fixture.clock.advance(Duration.ofMinutes(2)); // a use is due to be written down
        AuthRequest request = get(issued.token().reveal()).build();
        Race.of(
            threads,
            List.of(
                () -> fixture.authenticator.authenticate(request),
                () -> fixture.authenticator.authenticate(request),
                () -> fixture.tokens.revoke(fixture.alice.id(), issued.record().id())));
        fixture.assertRefused(issued, "unknown_or_expired");
        assertThat(fixture.records()).isEmpty();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  @DisplayName("TK-4, SE-3 a use that can't be noted denies nobody, and an event tells of it")
  void unnoted() {
    Issued issued = fixture.issue();
    fixture.clock.advance(Duration.ofMinutes(5));
    fixture.watched.down("touch");
    assertThat(fixture.isLive(issued)).isTrue();
    assertThat(fixture.tokens.introspect(issued.token().reveal())).isPresent();
    assertThat(fixture.events.events(AuthEvent.StoreOutage.class))
        .singleElement()
        .satisfies(outage -> assertThat(outage.during()).isEqualTo("token_use"));
  }

  @Test
  @DisplayName("CH-6, TK-4 an outage is no refusal: it comes through, and is 503 with its event")
  void outage() {
    Issued issued = fixture.issue();
    fixture.clock.advance(Duration.ofMinutes(5));
    fixture.watched.down("find+user");
    AuthRequest request = get(issued.token().reveal()).build();
    assertThatThrownBy(() -> fixture.authenticator.authenticate(request))
        .isInstanceOf(StoreUnavailableException.class);
    Decision decision = Guard.of(fixture.chain).check(request, Permission.anyone());
    assertThat(((Decision.Refuse) decision).response().status()).isEqualTo(503);
    assertThat(fixture.events.events(AuthEvent.StoreOutage.class)).isNotEmpty();
    assertThat(fixture.events.events(AuthEvent.AuthenticationFailed.class)).isEmpty();
  }
}
