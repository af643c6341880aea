package com.example.guard;

import static com.example.guard.Users.BASIC;
import static com.example.guard.Users.alice;
import static com.example.guard.Users.anonymous;
import static com.example.guard.Users.lines;
import static com.example.guard.Users.rejected;
import static com.example.guard.Users.response;
import static com.example.guard.Users.saying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticator;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Challenge;
import dev.sallyport.NotAttempted;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.testkit.TestRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 503, 429, Retry-After, and what is nobody's answer. */
class GuardOutageTest {
  private static final AuthRequest REQUEST = TestRequest.get("/").build();

  private static void assertUnavailable(AuthResponse response, String seconds) {
    assertThat(response.status()).isEqualTo(503);
    assertThat(lines(response))
        .containsExactly(
            "Content-Type: application/problem+json",
            "Cache-Control: no-store",
            "Retry-After: " + seconds);
    assertThat(response.body())
        .isEqualTo(
            "{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,"
                + "\"code\":\"temporarily_unavailable\","
                + "\"detail\":\"The service is temporarily unavailable.\"}");
  }

  private static Authenticator failing(RuntimeException thrown) {
    return Authenticator.named(
        "m",
        request -> {
          throw thrown;
        },
        BASIC);
  }

  @Test
  @DisplayName("GU-2, CH-6, ST-6 a store outage is 503, and tells nothing of the store")
  void outage() {
    Guard guard =
        Guard.of(
            AuthenticatorChain.of(failing(new StoreUnavailableException("jdbc:secret is away"))));
    assertUnavailable(response(guard.check(REQUEST)), "5");
    assertUnavailable(response(guard.check(REQUEST, Permission.anyone())), "5");
  }

  @Test
  @DisplayName("GU-2, CH-6 an outage of a permission's own store is 503 as well")
  void permissionOutage() {
    Permission down =
        access -> {
          throw new StoreUnavailableException("roles are away");
        };
    assertUnavailable(response(saying(alice().build()).check(REQUEST, down)), "5");
    assertUnavailable(response(anonymous(BASIC).check(REQUEST, down)), "5");
  }

  @Test
  @DisplayName("GU-2, CH-6 an outage while challenges are computed is 503 as well")
  void challengeOutage() {
    Authenticator member =
        new Authenticator() {
          @Override
          public AuthResult authenticate(AuthRequest request) {
            return NotAttempted.NO_CREDENTIALS;
          }

          @Override
          public List<Challenge> challenges(AuthRequest request) {
            throw new StoreUnavailableException("away");
          }
        };
    assertUnavailable(response(Guard.of(AuthenticatorChain.of(member)).check(REQUEST)), "5");
  }

  @Test
  @DisplayName("CH-6, row 8, CVE-2019-17195 any other exception surfaces; nobody goes on")
  void defects() {
    IllegalStateException defect = new IllegalStateException("defect");
    Guard guard = Guard.of(AuthenticatorChain.of(failing(defect)));
    assertThatThrownBy(() -> guard.check(REQUEST, Permission.anyone())).isSameAs(defect);
    Permission faulty =
        access -> {
          throw defect;
        };
    Guard good = saying(alice().build());
    assertThatThrownBy(() -> good.check(REQUEST, faulty)).isSameAs(defect);
    assertThatNullPointerException().isThrownBy(() -> good.check(REQUEST, access -> null));
    assertThatNullPointerException().isThrownBy(() -> good.check(REQUEST, null));
    assertThatNullPointerException().isThrownBy(() -> good.check(null));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "1, 1",
    "999999999, 1",
    "1000000000, 1",
    "1000000001, 2",
    "1999999999, 2",
    "2000000000, 2",
    "2000000001, 3",
    "900000000000, 900",
    "899999999999, 900",
  })
  @DisplayName("TH-6, GU-2 Retry-After is whole seconds, rounded up, at least 1")
  void retryAfter(long nanos, String seconds) {
    Duration wait = Duration.ofNanos(nanos);
    Rejected throttled = rejected(Refusal.THROTTLED).withRetryAfter(wait);
    AuthResponse response = response(saying(throttled, BASIC).check(REQUEST));
    assertThat(lines(response))
        .containsExactly(
            "Content-Type: application/problem+json",
            "Cache-Control: no-store",
            "Retry-After: " + seconds);
    assertUnavailable(
        response(saying(rejected(Refusal.BUSY).withRetryAfter(wait)).check(REQUEST)), seconds);
    assertUnavailable(Guard.unavailable(wait), seconds);
  }

  @Test
  @DisplayName("TH-6 without a wait Retry-After is 1")
  void noRetryAfter() {
    AuthResponse throttled = response(saying(rejected(Refusal.THROTTLED)).check(REQUEST));
    assertThat(throttled.header("Retry-After")).contains("1");
    assertUnavailable(response(saying(rejected(Refusal.BUSY)).check(REQUEST)), "1");
    assertUnavailable(Guard.unavailable(null), "1");
    assertUnavailable(Guard.unavailable(Duration.ofSeconds(-7, 5)), "1");
  }

  @Test
  @DisplayName("GU-3 throttled reads the same for every name and reason")
  void throttledSame() {
    AuthResponse known =
        response(saying(rejected(Refusal.THROTTLED).withSubject("alice")).check(REQUEST));
    AuthResponse unknown =
        response(saying(rejected(Refusal.THROTTLED).withSubject("nobody")).check(REQUEST));
    assertThat(known).isEqualTo(unknown);
    assertThat(known.body()).contains("\"code\":\"throttled\"").contains("\"status\":429");
  }

  @Test
  @DisplayName("GU-1 a refusal outside of a check reads like one inside")
  void refuse() {
    Rejected wrong = rejected(Refusal.INVALID_CREDENTIALS).withChallenge(BASIC);
    Guard guard = saying(wrong, BASIC);
    assertThat(guard.refuse(REQUEST, wrong)).isEqualTo(response(guard.check(REQUEST)));
  }
}
