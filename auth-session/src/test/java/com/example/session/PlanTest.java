package com.example.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.NotAttempted;
import dev.sallyport.Plan;
import dev.sallyport.testkit.Plans;
import dev.sallyport.testkit.TestRequest;
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
}
