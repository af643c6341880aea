package com.example.testkit;

import static dev.sallyport.testkit.AuthResultAssert.assertThatResult;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.NotAttempted;
import dev.sallyport.Principal;
import dev.sallyport.Reason;
import dev.sallyport.Rejected;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.password.Password;
import dev.sallyport.store.TokenKind;
import dev.sallyport.testkit.CheapHasher;
import dev.sallyport.testkit.ForcedAuthenticator;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.testkit.TestRequest;
import dev.sallyport.testkit.WatchedTokenStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What hosts' tests are built of. */
class FixturesTest {
  private static final Authenticated ALICE =
      Authenticated.builder(new Principal("1", "alice", Set.of()), "basic").build();
  private static final Rejected MALFORMED = Rejected.of("basic", Reason.MALFORMED);

  @Test
  @DisplayName("ST-5 isAuthenticatedAs passes for that name, and else says what there was")
  void authenticatedAs() {
    assertThatResult(ALICE).isAuthenticatedAs("alice");
    assertThatThrownBy(() -> assertThatResult(ALICE).isAuthenticatedAs("bob"))
        .isInstanceOf(AssertionError.class)
        .hasMessage("Expected to be authenticated as 'bob' but was 'alice'");
    assertThatThrownBy(() -> assertThatResult(MALFORMED).isAuthenticatedAs("alice"))
        .isInstanceOf(AssertionError.class)
        .hasMessage("Expected to be authenticated as 'alice' but was Rejected[basic, malformed]");
    assertThatThrownBy(() -> assertThatResult(null).isAuthenticatedAs("alice"))
        .isInstanceOf(AssertionError.class)
        .hasMessage("Expected to be authenticated as 'alice' but was null");
  }

  @Test
  @DisplayName("ST-5 isRejected passes for that reason, and else says what there was")
  void rejected() {
    assertThatResult(MALFORMED).isRejected(Reason.MALFORMED);
    assertThatThrownBy(() -> assertThatResult(MALFORMED).isRejected(Reason.OVERSIZED))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("oversized")
        .hasMessageEndingWith("but was Rejected[basic, malformed]");
    assertThatThrownBy(() -> assertThatResult(ALICE).isRejected(Reason.OVERSIZED))
        .isInstanceOf(AssertionError.class)
        .hasMessageEndingWith("but was Authenticated[basic, 1]");
    assertThatThrownBy(() -> assertThatResult(null).isRejected(Reason.OVERSIZED))
        .isInstanceOf(AssertionError.class)
        .hasMessageEndingWith("but was null");
  }

  @Test
  @DisplayName("ST-5 isNotAttempted passes for nothing, and else says what there was")
  void notAttempted() {
    assertThatResult(NotAttempted.because("x")).isNotAttempted();
    assertThatThrownBy(() -> assertThatResult(ALICE).isNotAttempted())
        .isInstanceOf(AssertionError.class)
        .hasMessage("Expected nothing to be attempted but was Authenticated[basic, 1]");
    assertThatThrownBy(() -> assertThatResult(null).isNotAttempted())
        .isInstanceOf(AssertionError.class);
  }

  @Test
  @DisplayName("CH-11 the clock stands still until it is moved, in every zone")
  void clock() {
    SettableClock clock = SettableClock.create();
    Clock tokyo = clock.withZone(ZoneId.of("Asia/Tokyo"));
    assertThat(clock.instant()).isEqualTo("2030-01-01T00:00:00Z").isEqualTo(clock.instant());
    assertThat(clock.getZone()).isEqualTo(ZoneOffset.UTC);
    clock.advance(Duration.ofNanos(1));
    assertThat(clock.instant()).isEqualTo("2030-01-01T00:00:00.000000001Z");
    clock.advance(Duration.ofDays(-1));
    assertThat(clock.instant()).isEqualTo("2029-12-31T00:00:00.000000001Z");
    assertThat(tokyo.getZone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
    assertThat(tokyo.instant()).isEqualTo(clock.instant());
    assertThat(SettableClock.at(Instant.EPOCH).instant()).isEqualTo(Instant.EPOCH);
  }

  @Test
  @DisplayName("CH-12 the forced authenticator vouches for everyone as one principal")
  void forced() {
    ForcedAuthenticator forced = ForcedAuthenticator.as("alice", "admin", "user");
    assertThat(forced.name()).isEqualTo("forced");
    Authenticated who = (Authenticated) forced.authenticate(TestRequest.get("/").build());
    assertThat(who.principal()).isEqualTo(new Principal("alice", "alice", Set.of("admin", "user")));
    assertThat(who.scheme()).isEqualTo("forced");
    assertThat(who.epoch()).hasValue(0);
    Principal bob = new Principal("2", "bob", Set.of());
    assertThatResult(ForcedAuthenticator.as(bob).authenticate(TestRequest.get("/").build()))
        .isAuthenticatedAs("bob");
    assertThatNullPointerException().isThrownBy(() -> ForcedAuthenticator.as((Principal) null));
  }

  @Test
  @DisplayName("PW-1 the cheap hasher checks what it has made, has bcrypt's limits, and counts")
  void cheapHasher() {
    CheapHasher hasher = CheapHasher.create();
    Password password = Password.of("correct horse");
    assertThat(hasher.computed()).isZero();
    String stored = hasher.hash(password, new SecureRandom());
    assertThat(hasher.recognises(stored)).isTrue();
    assertThat(hasher.recognises(stored + "0")).isFalse();
    assertThat(hasher.recognises("$2b$12$x")).isFalse();
    assertThat(hasher.isCurrent(stored)).isTrue();
    assertThat(hasher.isCurrent("$2b$12$x")).isFalse();
    assertThat(stored).doesNotContain("correct");
    assertThat(hasher.verify(password, stored)).isTrue();
    assertThat(hasher.verify(Password.of("correct horsf"), stored)).isFalse();
    assertThat(hasher.computed()).isEqualTo(3);

    assertThat(hasher.maxBytes()).isEqualTo(72);
    assertThat(hasher.accepts(Password.of("x".repeat(72)))).isTrue();
    for (String bad : new String[] {"x".repeat(73), "\u00E9".repeat(37), "a\0b", "a\uD800"}) {
      assertThat(hasher.accepts(Password.of(bad))).isFalse();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> hasher.hash(Password.of(bad), new SecureRandom()))
          .withMessage("The password is not accepted");
    }
    assertThat(hasher.computed()).isEqualTo(3);
  }

  @Test
  @DisplayName("GU-5 requests of tests are secure and local unless told otherwise")
  void requests() {
    AuthRequest plain = TestRequest.get("/a").build();
    assertThat(plain.isSecure()).isTrue();
    assertThat(plain.clientAddress().isLoopbackAddress()).isTrue();
    assertThat(plain.method()).isEqualTo("GET");
    assertThat(plain.target()).isEqualTo("/a");
    assertThat(plain.headerNames()).isEmpty();
    AuthRequest other =
        TestRequest.post("/")
            .insecure()
            .from("2001:db8::1")
            .header("A", "1")
            .header("A", "2")
            .basic("alice", "pass:w\u00F6rd")
            .build();
    assertThat(other.method()).isEqualTo("POST");
    assertThat(other.isSecure()).isFalse();
    assertThat(other.clientAddress().getHostAddress()).isEqualTo("2001:db8:0:0:0:0:0:1");
    assertThat(other.headers("A")).containsExactly("1", "2");
    assertThat(other.headers("Authorization")).containsExactly("Basic YWxpY2U6cGFzczp3w7ZyZA==");
    assertThat(TestRequest.of("PATCH", "/").authorization("Key").build().headers("authorization"))
        .containsExactly("Key");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestRequest.get("/").from("999.1.1.1"))
        .withMessageContaining("999.1.1.1");
  }

  @Test
  @DisplayName("EV-1 the recording listener keeps events in order, and finds them by type")
  void recording() {
    RecordingListener heard = new RecordingListener();
    AuthEvent first = new AuthEvent.AccountChanged(Instant.EPOCH, "1", "password_upgraded");
    AuthEvent second = new AuthEvent.Registered(Instant.EPOCH, "1", "alice");
    heard.publish(first);
    heard.publish(second);
    assertThat(heard.events()).containsExactly(first, second).isUnmodifiable();
    assertThat(heard.events(AuthEvent.Registered.class)).hasSize(1).first().isEqualTo(second);
    assertThat(heard.events(AuthEvent.LoggedIn.class)).isEmpty();
  }

  @Test
  @DisplayName("CH-6 a watched store is down for one operation until it is up again")
  void outage() {
    WatchedTokenStore store = WatchedTokenStore.inMemory();
    store.down("prune");
    assertThatThrownBy(() -> store.prune(Instant.EPOCH, 1))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(store.list("1", Set.of(TokenKind.SESSION), Instant.EPOCH)).isEmpty();
    store.up("prune");
    assertThat(store.prune(Instant.EPOCH, 1)).isZero();
    assertThat(store.calls()).containsExactly("prune", "list", "prune");
  }
}
