package com.example.basic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Plan;
import dev.sallyport.Plan.Work;
import dev.sallyport.testkit.Plans;
import dev.sallyport.testkit.TestRequest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request needs before it is answered. */
class PlanTest {
  private final BasicFixture fixture = new BasicFixture();

  PlanTest() {
    fixture.register("alice", "wonderland");
  }

  private Plan<AuthResult> plan(String authorization) {
    return fixture.basic.plan(request(authorization));
  }

  private static AuthRequest request(String authorization) {
    return TestRequest.get("/").authorization(authorization).build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer abc", "Basic", "Basic !!!", "Basic YQ=="})
  @DisplayName("AD-9 what can't be a password asks no store")
  void nothing(String authorization) {
    assertThat(plan(authorization))
        .isEqualTo(Plan.done(fixture.basic.authenticate(request(authorization))));
    assertThat(fixture.asked).hasValue(0);
  }

  @Test
  @DisplayName("AD-9 a request without credentials asks no store")
  void nobody() {
    assertThat(fixture.basic.plan(TestRequest.get("/").build())).isInstanceOf(Plan.Done.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice:wonderland", "alice:wrong", "nobody:wrong"})
  @DisplayName("AD-9 a password that is not remembered is hashed after the user was read")
  void hashed(String pair) {
    assertThat(Plans.works(plan(BasicFixture.encode(pair)))).containsExactly(Work.STORE, Work.HASH);
    assertThat(fixture.asked).hasValue(1);
  }

  @Test
  @DisplayName("AD-9 a password that is remembered is never in the same queue as a hash")
  void remembered() {
    String right = BasicFixture.encode("alice:wonderland");
    assertThat(plan(right).complete()).isInstanceOf(Authenticated.class);
    assertThat(Plans.works(plan(right))).containsExactly(Work.STORE);
    assertThat(plan(right).complete()).isInstanceOf(Authenticated.class);
  }

  @Test
  @DisplayName("AD-9, TH-1 one who has to wait is refused without a turn for a hash")
  void throttled() {
    String wrong = BasicFixture.encode("alice:wrong");
    AuthResult last = plan(wrong).complete();
    for (int i = 0; i < 20; i++) {
      last = plan(wrong).complete();
    }
    assertThat(last).hasToString(fixture.basic.authenticate(request(wrong)).toString());
    assertThat(Plans.works(plan(wrong))).containsExactly(Work.STORE);
  }
}
