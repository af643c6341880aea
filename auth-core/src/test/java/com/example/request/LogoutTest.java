package com.example.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.sallyport.Logout;
import dev.sallyport.Reason;
import dev.sallyport.Rejected;
import dev.sallyport.SetCookie;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a scheme plans for a logout. */
class LogoutTest {
  private static final SetCookie FORGET = SetCookie.forHost("__Host-session", "").expired();

  @Test
  @DisplayName("SE-7 a plan ends nothing before it is carried out")
  void plan() {
    List<String> ended = new ArrayList<>();
    Logout plan = Logout.of(() -> ended.add("session"), FORGET);
    assertThat(ended).isEmpty();
    assertThat(plan.refusal()).isEmpty();
    assertThat(plan.cookies()).containsExactly(FORGET).isUnmodifiable();
    plan.carryOut();
    assertThat(ended).containsExactly("session");
  }

  @Test
  @DisplayName("SE-7 where there is nothing to end, the client forgets all the same")
  void nothing() {
    Logout plan = Logout.nothing(FORGET);
    plan.carryOut();
    assertThat(plan.refusal()).isEmpty();
    assertThat(plan.cookies()).containsExactly(FORGET);
    assertThat(Logout.nothing().cookies()).isEmpty();
  }

  @Test
  @DisplayName("SE-5 a refused logout ends nothing and clears no cookie")
  void refused() {
    Rejected refusal = Rejected.of("session", Reason.CROSS_SITE);
    Logout plan = Logout.refused(refusal);
    plan.carryOut();
    assertThat(plan.refusal()).contains(refusal);
    assertThat(plan.cookies()).isEmpty();
    assertThatNullPointerException().isThrownBy(() -> Logout.refused(null)).withMessage("refusal");
  }
}
