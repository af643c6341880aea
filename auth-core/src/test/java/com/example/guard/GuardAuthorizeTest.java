package com.example.guard;

import static com.example.guard.Users.BASIC;
import static com.example.guard.Users.BEARER;
import static com.example.guard.Users.alice;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.Authenticator;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Challenge;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.guard.Problem;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.testkit.TestRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A decision about somebody who has been authenticated already. */
class GuardAuthorizeTest {
  private static final AuthRequest REQUEST = TestRequest.get("/").build();

  private final SettableClock clock = SettableClock.create();
  private final RecordingListener events = new RecordingListener();
  private final Guard guard =
      Guard.of(
          AuthenticatorChain.of(
              AuthEnvironment.standard().withClock(clock).withListener(events),
              Authenticator.named(
                  "never",
                  request -> {
                    throw new AssertionError("the chain is not asked");
                  },
                  BEARER,
                  BASIC)));

  private Problem refusal(Optional<Authenticated> who, Permission permission) {
    Decision.Refuse refuse = (Decision.Refuse) guard.authorize(REQUEST, who, permission);
    Problem problem = refuse.problem();
    assertThat(refuse.response().status()).isEqualTo(problem.status());
    assertThat(refuse.response().body()).contains("\"code\":\"" + problem.code() + "\"");
    return problem;
  }

  @Test
  @DisplayName("GU-6 whoever may goes on, and no credentials are looked at")
  void proceeds() {
    Authenticated who = alice().build();
    Decision decision = guard.authorize(REQUEST, Optional.of(who), Permission.authenticated());
    assertThat(((Decision.Proceed) decision).who()).contains(who);
    assertThat(guard.authorize(REQUEST, Optional.empty(), Permission.anyone()))
        .isInstanceOfSatisfying(
            Decision.Proceed.class, proceed -> assertThat(proceed.who()).isEmpty());
    assertThat(events.events()).isEmpty();
  }

  @Test
  @DisplayName(
      "GU-6, GU-2 an anonymous one is asked to authenticate, with every challenge as a value")
  void anonymous() {
    Problem problem = refusal(Optional.empty(), Permission.authenticated());
    assertThat(problem.status()).isEqualTo(401);
    assertThat(problem.code()).isEqualTo("authentication_required");
    assertThat(problem.challenges()).containsExactly(BEARER, BASIC);
    assertThat(problem.retryAfter()).isEmpty();
    assertThat(problem.faults()).isEmpty();
    assertThat(problem.detail()).isEqualTo("Authentication is required.");
  }

  @Test
  @DisplayName(
      "GU-6, GU-2 who may not is 403; a missing scope is named on the scheme's own challenge")
  void forbidden() {
    assertThat(refusal(Optional.of(alice().build()), Permission.role("admin")).code())
        .isEqualTo("forbidden");
    Authenticated scoped = alice().scopes(Set.of("read")).challenge(BEARER).build();
    Problem problem = refusal(Optional.of(scoped), Permission.scope("write"));
    assertThat(problem.status()).isEqualTo(403);
    assertThat(problem.code()).isEqualTo("insufficient_scope");
    assertThat(problem.challenges())
        .extracting(Challenge::toString)
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("Bearer ")
                    .contains("error=\"insufficient_scope\", scope=\"write\""));
  }

  @Test
  @DisplayName("GU-6 the time is that of the guard's environment")
  void tooLongAgo() {
    Authenticated who = alice().authenticatedAt(clock.instant()).build();
    Permission fresh = Permission.authenticatedWithin(Duration.ofMinutes(5));
    clock.advance(Duration.ofMinutes(5).minusMillis(1));
    assertThat(guard.authorize(REQUEST, Optional.of(who), fresh))
        .isInstanceOf(Decision.Proceed.class);
    clock.advance(Duration.ofMillis(1));
    assertThat(refusal(Optional.of(who), fresh).code()).isEqualTo("reauthentication_required");
  }

  @Test
  @DisplayName("GU-6 what the guard refuses says when to try again, as a value")
  void retryAfter() {
    Rejected throttled =
        Rejected.of("basic", new Reason("waits", Refusal.THROTTLED))
            .withRetryAfter(Duration.ofMillis(1500));
    Guard refusing =
        Guard.of(AuthenticatorChain.of(Authenticator.named("basic", request -> throttled)));
    Decision.Refuse refuse = (Decision.Refuse) refusing.check(REQUEST);
    assertThat(refuse.problem().retryAfter()).contains(Duration.ofMillis(1500));
    assertThat(refuse.response().header("Retry-After")).contains("2");
    Guard away =
        Guard.of(
            AuthenticatorChain.of(
                AuthEnvironment.standard().withListener(events),
                Authenticator.named(
                    "basic",
                    request -> {
                      throw new StoreUnavailableException("away");
                    })));
    Problem outage = ((Decision.Refuse) away.check(REQUEST)).problem();
    assertThat(outage.status()).isEqualTo(503);
    assertThat(outage.retryAfter()).contains(Duration.ofSeconds(5));
    assertThat(outage).hasToString("Problem[503 temporarily_unavailable]");
  }
}
