package com.example.token;

import static com.example.token.TokenFixture.challenges;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthRequest;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.store.Lifetime;
import dev.sallyport.testkit.TestRequest;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenResult.Issued;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest {
  /** What makes a token worthless, and the true reason. */
  private enum Case {
    REVOKED("unknown_or_expired"),
    EXPIRED("unknown_or_expired"),
    OLD_EPOCH("old_epoch"),
    DEACTIVATED("user_deactivated"),
    DELETED("unknown_user"),
    ENDED_MEANWHILE("ended_meanwhile");

    private final String reason;

    Case(String reason) {
      this.reason = reason;
    }

    void end(TokenFixture fixture, Issued issued) {
      switch (this) {
        case REVOKED -> fixture.tokens.revoke(fixture.alice.id(), issued.record().id());
        case EXPIRED -> fixture.clock.advance(Duration.ofHours(1));
        case OLD_EPOCH -> fixture.raise();
        case DEACTIVATED ->
            fixture.users.update(fixture.user(), fixture.user().toBuilder().active(false).build());
        case DELETED -> fixture.users.delete(fixture.user());
        case ENDED_MEANWHILE -> {
          fixture.clock.advance(Duration.ofMinutes(2));
          fixture.watched.before("touch", () -> fixture.tokens.revokeAll(fixture.alice.id()));
        }
      }
    }
  }

  private static AuthRequest request(String keyword, String token) {
    return TestRequest.get("/").authorization(keyword + " " + token).build();
  }

  private static Map<String, AuthResponse> answers(String keyword, Permission permission) {
    Map<String, AuthResponse> answers = new LinkedHashMap<>();
    for (Case one : Case.values()) {
      TokenFixture fixture = new TokenFixture();
      Issued issued = fixture.issue(NewToken.standard().lifetime(Lifetime.of(Duration.ofHours(1))));
      assertThat(fixture.isLive(issued)).isTrue();
      one.end(fixture, issued);
      answers.put(
          one.name(),
          answer(fixture, request(keyword, issued.token().reveal()), one.reason, permission));
    }
    TokenFixture fixture = new TokenFixture();
    String body = "0".repeat(43);
    answers.put(
        "never issued",
        answer(
            fixture,
            request(keyword, "sally_" + body + FormatTest.check(body)),
            "unknown_or_expired",
            permission));
    for (String malformed : List.of("sally_" + body, "two words", "", "é")) {
      answers.put(
          "malformed: " + malformed,
          answer(fixture, request(keyword, malformed), "malformed", permission));
    }
    answers.put(
        "another format",
        answer(fixture, request(keyword, "a.b.c"), "unclaimed_token", permission));
    return answers;
  }

  private static AuthResponse answer(
      TokenFixture fixture, AuthRequest request, String reason, Permission permission) {
    Decision decision = Guard.of(fixture.chain).check(request, permission);
    List<AuthEvent.AuthenticationFailed> failed =
        new ArrayList<>(fixture.events.events(AuthEvent.AuthenticationFailed.class));
    AuthEvent.AuthenticationFailed last = failed.get(failed.size() - 1);
    assertThat(last.reason()).isEqualTo(reason);
    assertThat(last.scheme()).isEqualTo("token");
    assertThat(last.subject()).isNull();
    return ((Decision.Refuse) decision).response();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Token", "Bearer"})
  @DisplayName("TK-4 one answer whatever is wrong, byte for byte; the event has the true reason")
  void alike(String keyword) {
    Map<String, AuthResponse> answers = answers(keyword, Permission.authenticated());
    AuthResponse first = answers.get("REVOKED");
    assertThat(first.status()).isEqualTo(401);
    assertThat(first.body()).contains("\"code\":\"invalid_token\"");
    assertThat(first.header("Cache-Control")).contains("no-store");
    String other = keyword.equals("Token") ? "Bearer" : "Token";
    assertThat(challenges(first))
        .containsExactlyInAnyOrder(
            keyword + " realm=\"api\", error=\"invalid_token\"", other + " realm=\"api\"");
    assertThat(answers).hasSize(Case.values().length + 6);
    answers.forEach((what, answer) -> assertThat(answer).as(what).isEqualTo(first));
  }

  @Test
  @DisplayName("CH-2, TK-4 a wrong token is refused on a public route as well")
  void publicRoute() {
    Map<String, AuthResponse> answers = answers("Token", Permission.anyone());
    assertThat(answers.values()).allMatch(answer -> answer.status() == 401);
  }

  @Test
  @DisplayName("TK-4, AC-2 reactivation revives nothing")
  void reactivated() {
    TokenFixture fixture = new TokenFixture();
    Issued issued = fixture.issue();
    fixture.accounts.deactivate(fixture.alice.id());
    fixture.assertRefused(issued, "unknown_or_expired");
    fixture.accounts.activate(fixture.alice.id());
    fixture.assertRefused(issued, "unknown_or_expired");
    assertThat(fixture.isLive(fixture.issue())).isTrue();
  }
}
