package com.example.guard;

import static com.example.guard.Users.BASIC;
import static com.example.guard.Users.BEARER;
import static com.example.guard.Users.alice;
import static com.example.guard.Users.anonymous;
import static com.example.guard.Users.lines;
import static com.example.guard.Users.rejected;
import static com.example.guard.Users.response;
import static com.example.guard.Users.saying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.Challenge;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.testkit.TestRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** From a result and a permission to "go on" or a whole response. */
class GuardTest {
  private static final AuthRequest REQUEST = TestRequest.get("/").build();
  private static final String JSON = "Content-Type: application/problem+json";
  private static final String NO_STORE = "Cache-Control: no-store";
  private static final String BASIC_LINE =
      "WWW-Authenticate: Basic realm=\"api\", charset=\"UTF-8\"";
  private static final String BEARER_LINE = "WWW-Authenticate: Bearer realm=\"api\"";

  @Test
  @DisplayName(
      "GU-1, GU-4 an allowed request goes on as its principal, and nobody keeps the answer")
  void proceeds() {
    Authenticated who = alice().build();
    Decision decision = saying(who, BASIC).check(REQUEST);
    Decision.Proceed proceed = (Decision.Proceed) decision;
    assertThat(proceed.who()).containsSame(who);
    assertThat(proceed.headers()).containsExactly(AuthResponse.Header.NO_STORE);
    assertThat(AuthResponse.Header.NO_STORE)
        .isEqualTo(new AuthResponse.Header("Cache-Control", "no-store"));
    assertThat(proceed).hasToString("Proceed[Authenticated[basic, 1]]");
  }

  @Test
  @DisplayName("GU-1 an anonymous request goes on where anyone may")
  void proceedsAnonymously() {
    Decision.Proceed proceed =
        (Decision.Proceed) anonymous(BASIC).check(REQUEST, Permission.anyone());
    assertThat(proceed.who()).isEmpty();
    assertThat(proceed.headers()).isEmpty();
    assertThat(proceed).hasToString("Proceed[anonymous]");
  }

  @Test
  @DisplayName("GU-2, row 2, row 13 anonymous where authentication is needed is 401")
  void unauthorized() {
    AuthResponse response = response(anonymous(BEARER, BASIC).check(REQUEST));
    assertThat(response.status()).isEqualTo(401);
    assertThat(lines(response)).containsExactly(JSON, NO_STORE, BEARER_LINE, BASIC_LINE);
    assertThat(response.body())
        .isEqualTo(
            "{\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"status\":401,"
                + "\"code\":\"authentication_required\",\"detail\":\"Authentication is required.\"}");
  }

  @Test
  @DisplayName("GU-2, row 2 authenticated and not allowed is 403 without challenges")
  void forbidden() {
    AuthResponse response =
        response(saying(alice().build(), BASIC).check(REQUEST, Permission.role("admin")));
    assertThat(response.status()).isEqualTo(403);
    assertThat(lines(response)).containsExactly(JSON, NO_STORE);
    assertThat(response.body())
        .isEqualTo(
            "{\"type\":\"about:blank\",\"title\":\"Forbidden\",\"status\":403,"
                + "\"code\":\"forbidden\",\"detail\":\"This is not allowed.\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "MALFORMED_CREDENTIALS, 401, malformed_credentials, true",
    "INVALID_CREDENTIALS, 401, invalid_credentials, true",
    "INVALID_TOKEN, 401, invalid_token, true",
    "CSRF, 403, csrf, false",
    "INSECURE_TRANSPORT, 403, insecure_transport, false",
    "THROTTLED, 429, throttled, false",
    "BUSY, 503, temporarily_unavailable, false",
  })
  @DisplayName("GU-2, GU-5 each refusal has its status and code, and challenges only where 401")
  void refusals(Refusal refusal, int status, String code, boolean challenges) {
    AuthResponse response = response(saying(rejected(refusal), BEARER, BASIC).check(REQUEST));
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.body())
        .contains("\"status\":" + status + ",")
        .contains("\"code\":\"" + code + "\"")
        .doesNotContain("true_reason");
    assertThat(lines(response).subList(0, 2)).containsExactly(JSON, NO_STORE);
    assertThat(lines(response).contains(BEARER_LINE)).isEqualTo(challenges);
    assertThat(response.header("Retry-After").isPresent())
        .isEqualTo(status == 429 || status == 503);
  }

  @ParameterizedTest
  @EnumSource(Refusal.class)
  @DisplayName("CH-2, GU-2 wrong credentials are refused also where anyone may")
  void publicRoute(Refusal refusal) {
    assertThat(saying(rejected(refusal), BASIC).check(REQUEST, Permission.anyone()))
        .isInstanceOf(Decision.Refuse.class);
  }

  @ParameterizedTest
  @EnumSource(Refusal.class)
  @DisplayName("GU-2, row 1 a chain without any challenge answers 403, never a bare 401")
  void noChallenges(Refusal refusal) {
    Guard bare = saying(rejected(refusal));
    AuthResponse response = response(bare.check(REQUEST));
    assertThat(response.status()).isIn(400, 403, 404, 409, 429, 503);
    assertThat(response.header("WWW-Authenticate")).isEmpty();
    AuthResponse anonymous = response(anonymous().check(REQUEST));
    assertThat(anonymous.status()).isEqualTo(403);
    assertThat(anonymous.body())
        .contains("\"title\":\"Forbidden\",\"status\":403,\"code\":\"authentication_required\"");
    assertThat(lines(anonymous)).containsExactly(JSON, NO_STORE);
  }

  @Test
  @DisplayName("CH-7, GU-2 invalid_token stands as error on the challenge that refused only")
  void invalidToken() {
    Rejected wrong = rejected(Refusal.INVALID_TOKEN).withChallenge(BEARER);
    assertThat(lines(response(saying(wrong, BASIC, BEARER).check(REQUEST))))
        .containsExactly(JSON, NO_STORE, BEARER_LINE + ", error=\"invalid_token\"", BASIC_LINE);
  }

  @Test
  @DisplayName("CH-7, row 9 other refusals have no error parameter")
  void noError() {
    for (Refusal refusal : List.of(Refusal.INVALID_CREDENTIALS, Refusal.MALFORMED_CREDENTIALS)) {
      Rejected wrong = rejected(refusal).withChallenge(BASIC);
      assertThat(lines(response(saying(wrong, BASIC, BEARER).check(REQUEST))))
          .containsExactly(JSON, NO_STORE, BEARER_LINE, BASIC_LINE);
    }
  }

  @Test
  @DisplayName("GU-2, CH-7 a missing scope is 403 with challenges, and names the scope")
  void insufficientScope() {
    Challenge other = Challenge.of("Bearer", "other");
    Authenticated who = alice().scopes(Set.of("read")).challenge(BEARER).build();
    AuthResponse response =
        response(saying(who, BASIC, BEARER, other).check(REQUEST, Permission.scope("a:write")));
    assertThat(response.status()).isEqualTo(403);
    assertThat(lines(response))
        .containsExactly(
            JSON,
            NO_STORE,
            BEARER_LINE + ", error=\"insufficient_scope\", scope=\"a:write\"",
            "WWW-Authenticate: Bearer realm=\"other\"",
            BASIC_LINE);
    assertThat(response.body())
        .contains("\"code\":\"insufficient_scope\"")
        .contains("\"detail\":\"The credential lacks the scope a:write.\"");
  }

  @Test
  @DisplayName("GU-2 a missing scope of a credential that names no challenge is 403 all the same")
  void insufficientScopeUnnamed() {
    Authenticated who = alice().scopes(Set.of()).build();
    AuthResponse response = response(saying(who, BASIC).check(REQUEST, Permission.scope("write")));
    assertThat(response.status()).isEqualTo(403);
    assertThat(lines(response)).containsExactly(JSON, NO_STORE, BASIC_LINE);
    assertThat(response.body()).contains("\"code\":\"insufficient_scope\"");
  }

  @Test
  @DisplayName("GU-2, row 63 too long ago is 401 reauthentication_required, by the guard's clock")
  void reauthentication() {
    SettableClock clock = SettableClock.create();
    Authenticated who = alice().authenticatedAt(clock.instant()).build();
    Guard guard = saying(clock, who, BASIC);
    Permission fresh = Permission.authenticatedWithin(Duration.ofMinutes(5));

    clock.advance(Duration.ofMinutes(5).minusNanos(1));
    assertThat(guard.check(REQUEST, fresh)).isInstanceOf(Decision.Proceed.class);

    clock.advance(Duration.ofNanos(1));
    AuthResponse response = response(guard.check(REQUEST, fresh));
    assertThat(response.status()).isEqualTo(401);
    assertThat(lines(response)).containsExactly(JSON, NO_STORE, BASIC_LINE);
    assertThat(response.body()).contains("\"code\":\"reauthentication_required\"");
    assertThat(response(saying(clock, who).check(REQUEST, fresh)).status())
        .as("without a challenge")
        .isEqualTo(403);
  }

  @Test
  @DisplayName("GU-3, row 12 reasons that share a refusal read the same, byte for byte")
  void sameBytes() {
    Set<String> answers = new HashSet<>();
    for (String reason :
        List.of("unknown_user", "wrong_password", "inactive", "malformed_hash", "too_long")) {
      Rejected rejected =
          Rejected.of("basic", new Reason(reason, Refusal.INVALID_CREDENTIALS))
              .withSubject("subject-of-" + reason)
              .withChallenge(BASIC);
      AuthResponse response = response(saying(rejected, BASIC, BEARER).check(REQUEST));
      answers.add(response.status() + lines(response).toString() + response.body());
    }
    assertThat(answers).hasSize(1);
    assertThat(answers.iterator().next()).startsWith("401").contains("invalid_credentials");
  }

  @Test
  @DisplayName("SP-4 the default permission is authenticated, and another can be set")
  void defaultPermission() {
    Guard guard = anonymous(BASIC);
    assertThat(guard.check(REQUEST)).isInstanceOf(Decision.Refuse.class);
    assertThat(guard.withDefault(Permission.anyone()).check(REQUEST))
        .isInstanceOf(Decision.Proceed.class);
    assertThat(guard.check(REQUEST)).as("the former guard").isInstanceOf(Decision.Refuse.class);
  }

  @Test
  @DisplayName("CH-6 null is refused where it is given")
  void nulls() {
    assertThatNullPointerException().isThrownBy(() -> Guard.of(null)).withMessage("chain");
    Guard guard = anonymous();
    assertThatNullPointerException()
        .isThrownBy(() -> guard.withDefault(null))
        .withMessage("permission");
    assertThatNullPointerException().isThrownBy(() -> new Decision.Refuse(null));
  }
}
