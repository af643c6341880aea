package com.example.chain;

import static com.example.chain.Probe.accepting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Authenticator;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.NotAttempted;
import dev.sallyport.Plan;
import dev.sallyport.Plan.Work;
import dev.sallyport.Rejected;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.testkit.Plans;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.TestRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a host with an event loop is told before anything blocks. */
class PlanTest {
  private static final AuthRequest REQUEST = TestRequest.get("/").build();

  private final RecordingListener heard = new RecordingListener();
  private final List<String> asked = new ArrayList<>();

  private AuthenticatorChain chain(Authenticator... members) {
    return AuthenticatorChain.of(AuthEnvironment.standard().withListener(heard), members);
  }

  /** A member that needs a hash after the store, and notes when it is asked. */
  private Authenticator dear(String name, AuthResult result) {
    return new Authenticator() {
      @Override
      public AuthResult authenticate(AuthRequest request) {
        return plan(request).complete();
      }

      @Override
      public Plan<AuthResult> plan(AuthRequest request) {
        return Plan.store(
            () -> {
              asked.add(name + " store");
              return Plan.hash(
                  () -> {
                    asked.add(name + " hash");
                    return result;
                  });
            });
      }

      @Override
      public String name() {
        return name;
      }
    };
  }

  private static Authenticator cheap(AuthResult result) {
    return new Authenticator() {
      @Override
      public AuthResult authenticate(AuthRequest request) {
        return result;
      }

      @Override
      public Plan<AuthResult> plan(AuthRequest request) {
        return Plan.done(result);
      }
    };
  }

  private static Authenticator broken() {
    return Probe.of(
        "broken",
        request -> {
          throw new StoreUnavailableException("down");
        });
  }

  @Test
  @DisplayName("AD-9 a lambda may block, so all of it is left to do")
  void lambda() {
    Plan<AuthResult> plan = chain(accepting("one")).plan(REQUEST);
    assertThat(plan).isInstanceOf(Plan.Later.class);
    assertThat(Plans.works(plan)).containsExactly(Work.STORE);
  }

  @Test
  @DisplayName("AD-9 where no member has anything to do, nothing is left")
  void nobody() {
    assertThat(chain(cheap(NotAttempted.NO_CREDENTIALS)).plan(REQUEST))
        .isEqualTo(Plan.done(NotAttempted.NO_CREDENTIALS));
  }

  @Test
  @DisplayName("AD-9 a name of the host's for a member changes nothing of its plan")
  void named() {
    assertThat(
            chain(Authenticator.named("other", cheap(NotAttempted.NO_CREDENTIALS))).plan(REQUEST))
        .isInstanceOf(Plan.Done.class);
  }

  @Test
  @DisplayName("AD-9 each part is done only when it is called for, and the first success ends all")
  void parts() {
    AuthResult success = accepting("one").authenticate(REQUEST);
    Plan<AuthResult> plan =
        chain(
                dear("first", NotAttempted.NO_CREDENTIALS),
                dear("second", success),
                dear("third", success))
            .plan(REQUEST);
    assertThat(asked).isEmpty();
    Plan<AuthResult> rest = ((Plan.Later<AuthResult>) plan).proceed();
    assertThat(asked).containsExactly("first store");
    assertThat(((Plan.Later<AuthResult>) rest).work()).isEqualTo(Work.HASH);
    assertThat(heard.events()).isEmpty();
    assertThat(rest.complete()).isEqualTo(success);
    assertThat(asked).containsExactly("first store", "first hash", "second store", "second hash");
    assertThat(heard.events()).singleElement().isInstanceOf(AuthEvent.RequestAuthenticated.class);
  }

  @Test
  @DisplayName("AD-9 what needs no member is refused at once, with its event")
  void refusedUnseen() {
    AuthRequest twice =
        TestRequest.get("/").header("Authorization", "A b").header("Authorization", "A b").build();
    assertThat(chain(accepting("one")).plan(twice))
        .isInstanceOfSatisfying(
            Plan.Done.class, done -> assertThat(done.result()).isInstanceOf(Rejected.class));
    assertThat(heard.events()).singleElement().isInstanceOf(AuthEvent.AuthenticationFailed.class);
  }

  @Test
  @DisplayName("AD-9, CH-3 a stale cookie is reported once, and the next member is asked")
  void stale() {
    chain(cheap(NotAttempted.stale("expired")), accepting("one")).plan(REQUEST).complete();
    assertThat(heard.events()).hasSize(2).first().isInstanceOf(AuthEvent.StaleCredentials.class);
  }

  @Test
  @DisplayName("AD-9, CH-6 an outage of a later part is reported, and passed on")
  void outage() {
    Plan<AuthResult> plan = chain(broken()).plan(REQUEST);
    assertThat(heard.events()).isEmpty();
    assertThatThrownBy(plan::complete).isInstanceOf(StoreUnavailableException.class);
    assertThat(heard.events()).singleElement().isInstanceOf(AuthEvent.StoreOutage.class);
  }

  @Test
  @DisplayName("AD-9, CH-6 an outage that a member knows of without asking is reported as well")
  void knownOutage() {
    Authenticator away =
        new Authenticator() {
          @Override
          public AuthResult authenticate(AuthRequest request) {
            throw new StoreUnavailableException("down");
          }

          @Override
          public Plan<AuthResult> plan(AuthRequest request) {
            return Plan.done(authenticate(request));
          }
        };
    Authenticator asking = Probe.of("asking", request -> NotAttempted.NO_CREDENTIALS);
    Guard atOnce = Guard.of(chain(away));
    Guard later = Guard.of(chain(asking, away));
    for (Guard guard : List.of(atOnce, later)) {
      assertThat(outcome(guard.plan(REQUEST, Permission.anyone()).complete()))
          .isEqualTo("refused with 503");
    }
    assertThat(heard.events())
        .hasSize(2)
        .allSatisfy(event -> assertThat(event).isInstanceOf(AuthEvent.StoreOutage.class));
  }

  @Test
  @DisplayName("AD-9, CH-6 the guard's plan turns an outage into a 503")
  void guardedOutage() {
    Decision decision =
        Guard.of(chain(broken())).plan(REQUEST, Permission.authenticated()).complete();
    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Refuse.class, refuse -> assertThat(refuse.response().status()).isEqualTo(503));
  }

  @Test
  @DisplayName("AD-9, CH-6 an outage that a permission meets is a 503 too, whenever it is asked")
  void permissionsOutage() {
    Permission asking =
        access -> {
          throw new StoreUnavailableException("down");
        };
    for (Authenticator member : List.of(accepting("one"), cheap(NotAttempted.NO_CREDENTIALS))) {
      Guard guard = Guard.of(chain(member));
      assertThat(outcome(guard.check(REQUEST, asking))).isEqualTo("refused with 503");
      assertThat(outcome(guard.plan(REQUEST, asking).complete())).isEqualTo("refused with 503");
    }
  }

  @Test
  @DisplayName("AD-9, GU-2 the guard's plan decides as its check does")
  void guarded() {
    for (Permission permission :
        List.of(Permission.authenticated(), Permission.anyone(), Permission.role("admin"))) {
      for (Authenticator member :
          List.of(accepting("one"), cheap(NotAttempted.NO_CREDENTIALS), rejecting())) {
        Guard guard = Guard.of(chain(member));
        assertThat(outcome(guard.plan(REQUEST, permission).complete()))
            .isEqualTo(outcome(guard.check(REQUEST, permission)));
      }
    }
  }

  private static Authenticator rejecting() {
    return Probe.of("wrong", request -> Rejected.of("wrong", Probe.WRONG));
  }

  private static String outcome(Decision decision) {
    return decision instanceof Decision.Refuse refuse
        ? "refused with " + refuse.response().status()
        : "allowed for " + ((Decision.Proceed) decision).who().map(Authenticated::scheme);
  }
}
