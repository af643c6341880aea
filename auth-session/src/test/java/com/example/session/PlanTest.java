package com.example.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.NotAttempted;
import dev.sallyport.Plan;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.session.SessionResult;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import dev.sallyport.testkit.Plans;
import dev.sallyport.testkit.TestRequest;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a request needs before it is answered. */
class PlanTest {
  private final SessionFixture fixture = new SessionFixture();

  private Plan<AuthResult> plan(String cookie) {
    return fixture.authenticator.plan(
        TestRequest.get("/").header("Cookie", SessionFixture.COOKIE + "=" + cookie).build());
  }

  @Test
  @DisplayName("AD-9 a request without the cookie asks no store, one with it asks one")
  void store() {
    assertThat(fixture.authenticator.plan(TestRequest.get("/").header("Cookie", "a=b").build()))
        .isEqualTo(Plan.done(NotAttempted.NO_CREDENTIALS));
    assertThat(Plans.works(plan("unknown"))).containsExactly(Plan.Work.STORE);
    assertThat(plan("unknown").complete()).isInstanceOf(NotAttempted.class);
    AuthRequest live = SessionFixture.get(fixture.start()).build();
    assertThat(Plans.works(fixture.authenticator.plan(live))).containsExactly(Plan.Work.STORE);
    assertThat(fixture.authenticator.plan(live).complete()).isInstanceOf(Authenticated.class);
  }

  @Test
  @DisplayName("AD-9 where neither store ever waits, nothing is left to do; where one may, it is")
  void storesThatNeverWait() {
    TokenStore tokens = TokenStore.inMemory();
    SessionAuthenticator atOnce = over(fixture.users, tokens);
    AuthRequest live =
        SessionFixture.get(
                SessionFixture.remembered(
                    (SessionResult.Started)
                        atOnce
                            .sessions()
                            .start(fixture.verified("alice"), TestRequest.post("/login").build())))
            .build();
    assertThat(atOnce.plan(live))
        .isInstanceOfSatisfying(
            Plan.Done.class, done -> assertThat(done.result()).isInstanceOf(Authenticated.class));
    SessionAuthenticator usersElsewhere = over(elsewhere(fixture.users), tokens);
    assertThat(Plans.works(usersElsewhere.plan(live))).containsExactly(Plan.Work.STORE);
    assertThat(usersElsewhere.plan(live).complete()).isInstanceOf(Authenticated.class);
  }

  private SessionAuthenticator over(CredentialStore users, TokenStore tokens) {
    return SessionAuthenticator.of(Sallyport.of(fixture.environment, users, tokens));
  }

  private static CredentialStore elsewhere(CredentialStore users) {
    return new CredentialStore() {
      @Override
      public Optional<User> findByName(String name) {
        return users.findByName(name);
      }

      @Override
      public Optional<User> findById(String id) {
        return users.findById(id);
      }
    };
  }
}
