package com.example.guard;

import static com.example.guard.Users.BASIC;
import static com.example.guard.Users.alice;
import static com.example.guard.Users.anonymous;
import static com.example.guard.Users.rejected;
import static com.example.guard.Users.saying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticator;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Refusal;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.DecisionObserver;
import dev.sallyport.guard.DecisionStep;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.testkit.TestRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whoever looks on while a guard decides. */
class DecisionObserverTest {
  private static final AuthRequest REQUEST = TestRequest.get("/").build();

  /** What it was told, in order. */
  private final List<Object> told = new ArrayList<>();

  private final DecisionObserver observer =
      (step, request) -> {
        assertThat(request).isSameAs(REQUEST);
        told.add(step);
        return decision -> told.add(decision == null ? "nothing" : decision);
      };

  @Test
  @DisplayName("GU-1 an observer is told each decision: who goes on, and what is refused")
  void decisions() {
    Guard known = saying(alice().build()).observedBy(observer);
    Guard wrong = saying(rejected(Refusal.INVALID_CREDENTIALS), BASIC).observedBy(observer);
    Decision goesOn = known.check(REQUEST);
    Decision refused = wrong.check(REQUEST, Permission.anyone());
    Decision forbidden =
        known.authorize(REQUEST, Optional.of(alice().build()), Permission.role("admin"));
    assertThat(told)
        .containsExactly(
            DecisionStep.CHECK,
            goesOn,
            DecisionStep.CHECK,
            refused,
            DecisionStep.AUTHORIZE,
            forbidden);
    assertThat(goesOn).isInstanceOf(Decision.Proceed.class);
    assertThat(List.of(refused, forbidden)).hasOnlyElementsOfType(Decision.Refuse.class);
  }

  @Test
  @DisplayName("GU-1 it stays with the guard, whatever permission or chain that gets")
  void stays() {
    Guard guard = anonymous().observedBy(observer).withDefault(Permission.anyone());
    assertThat(guard.observer()).containsSame(observer);
    assertThat(anonymous().observer()).isEmpty();
    guard.check(REQUEST);
    guard.withChain(saying(alice().build()).chain()).check(REQUEST);
    assertThat(told).hasSize(4);
    assertThat(((Decision.Proceed) told.get(1)).who()).isEmpty();
    assertThat(((Decision.Proceed) told.get(3)).who()).isPresent();
    assertThat(guard.withChain(guard.chain()).defaultPermission())
        .isSameAs(guard.defaultPermission());
  }

  private static Guard throwing(RuntimeException thrown) {
    return Guard.of(
        AuthenticatorChain.of(
            Authenticator.named(
                "m",
                request -> {
                  throw thrown;
                })));
  }

  @Test
  @DisplayName("CH-6 it sees an outage as the refusal that it is, and the end of what fails")
  void failures() {
    throwing(new StoreUnavailableException("away")).observedBy(observer).check(REQUEST);
    IllegalStateException bug = new IllegalStateException("a bug");
    assertThatThrownBy(() -> throwing(bug).observedBy(observer).check(REQUEST)).isSameAs(bug);
    assertThat(told).hasSize(4).last().isEqualTo("nothing");
    assertThat(((Decision.Refuse) told.get(1)).problem().status()).isEqualTo(503);
  }

  @Test
  @DisplayName("GU-1 an observer that throws lets nobody in")
  void broken() {
    IllegalStateException broken = new IllegalStateException("broken");
    Guard early =
        saying(alice().build())
            .observedBy(
                (step, request) -> {
                  throw broken;
                });
    Guard late =
        saying(alice().build())
            .observedBy(
                (step, request) ->
                    decision -> {
                      throw broken;
                    });
    assertThatThrownBy(() -> early.check(REQUEST)).isSameAs(broken);
    assertThatThrownBy(() -> late.check(REQUEST)).isSameAs(broken);
  }
}
