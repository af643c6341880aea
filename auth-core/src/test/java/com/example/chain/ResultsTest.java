package com.example.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Challenge;
import dev.sallyport.Fault;
import dev.sallyport.NotAttempted;
import dev.sallyport.Principal;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.guard.Guard;
import dev.sallyport.testkit.TestRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The values that an authenticator of anybody's can make. */
class ResultsTest {
  private static final Principal ALICE = new Principal("1", "alice", Set.of("admin"));
  private static final Challenge BASIC = Challenge.of("Basic", "api");

  @Test
  @DisplayName("CH-12 authenticated carries all that a scheme has to say")
  void authenticated() {
    Instant proved = Instant.parse("2030-01-01T00:00:00Z");
    Authenticated who =
        Authenticated.builder(ALICE, "token")
            .challenge(BASIC)
            .credentialId("tok_1")
            .scopes(Set.of("read"))
            .attributes(Map.of("tenant", 7))
            .authenticatedAt(proved)
            .epoch(3)
            .build();
    assertThat(who.principal()).isSameAs(ALICE);
    assertThat(who.scheme()).isEqualTo("token");
    assertThat(who.challenge()).contains(BASIC);
    assertThat(who.credentialId()).contains("tok_1");
    assertThat(who.scopes()).contains(Set.of("read"));
    assertThat(who.attributes()).containsExactly(Map.entry("tenant", 7)).isUnmodifiable();
    assertThat(who.authenticatedAt()).contains(proved);
    assertThat(who.epoch()).hasValue(3);
    assertThat(who).hasToString("Authenticated[token, 1]");
  }

  @Test
  @DisplayName("CH-7 a refusal can carry header fields, into which nothing can be smuggled")
  void headers() {
    Rejected rejected = Rejected.of("key", Reason.MALFORMED);
    assertThat(rejected.headers()).isEmpty();
    Rejected more = rejected.withHeader("X-Next", "a").withHeader("X-Next", "b");
    assertThat(more.headers()).containsExactly(Map.entry("X-Next", "b")).isUnmodifiable();
    assertThat(more.withChallenge(BASIC).withSubject("s").withRetryAfter(Duration.ZERO).headers())
        .isEqualTo(more.headers());
    AuthRequest request = TestRequest.get("/").build();
    assertThat(Guard.of(AuthenticatorChain.of(any -> more)).refuse(request, more).header("X-Next"))
        .contains("b");
    for (String bad : new String[] {"a\r\nSet-Cookie: b", "\u0000", "\u00E9"}) {
      assertThatIllegalArgumentException().isThrownBy(() -> rejected.withHeader("X-Next", bad));
      assertThatIllegalArgumentException().isThrownBy(() -> rejected.withHeader(bad, "a"));
    }
  }

  @Test
  @DisplayName("CH-12 what a scheme leaves out is empty, and its credential unrestricted")
  void bare() {
    Authenticated who = Authenticated.builder(ALICE, "key").build();
    assertThat(who.challenge()).isEmpty();
    assertThat(who.credentialId()).isEmpty();
    assertThat(who.scopes()).isEmpty();
    assertThat(who.attributes()).isEmpty();
    assertThat(who.attributes()).isUnmodifiable();
    assertThat(who.authenticatedAt()).isEmpty();
    assertThat(who.epoch()).isEmpty();
    assertThat(who.allows("anything")).isTrue();
  }

  @Test
  @DisplayName("CH-12 a restricted credential may what its scopes say; with none, nothing")
  void scopes() {
    Authenticated read = Authenticated.builder(ALICE, "key").scopes(Set.of("read")).build();
    assertThat(read.allows("read")).isTrue();
    assertThat(read.allows("READ")).isFalse();
    assertThat(read.allows("rea")).isFalse();
    Authenticated nothing = Authenticated.builder(ALICE, "key").scopes(Set.of()).build();
    assertThat(nothing.allows("read")).isFalse();
    assertThat(nothing.scopes()).contains(Set.of());
  }

  @Test
  @DisplayName("CH-12, row 11 results and principals are copies that nobody can change")
  void copies() {
    Set<String> scopes = new HashSet<>(Set.of("read"));
    Map<String, Object> attributes = new HashMap<>(Map.of("a", 1));
    Authenticated.Builder builder =
        Authenticated.builder(ALICE, "key").scopes(scopes).attributes(attributes);
    Authenticated who = builder.build();
    scopes.add("write");
    attributes.put("b", 2);
    builder.epoch(9).credentialId("later");
    assertThat(who.allows("write")).isFalse();
    assertThat(who.scopes().orElseThrow()).isUnmodifiable();
    assertThat(who.attributes()).containsOnlyKeys("a").isUnmodifiable();
    assertThat(who.epoch()).isEmpty();
    assertThat(who.credentialId()).isEmpty();

    Set<String> roles = new HashSet<>(Set.of("admin"));
    Principal principal = new Principal("1", "alice", roles);
    roles.add("root");
    assertThat(principal.hasRole("root")).isFalse();
    assertThat(principal.roles()).containsExactly("admin").isUnmodifiable();
  }

  @Test
  @DisplayName("CH-12 a principal has an id and a name; roles are compared exactly")
  void principal() {
    assertThat(ALICE.hasRole("admin")).isTrue();
    assertThat(ALICE.hasRole("Admin")).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new Principal("", "a", Set.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> new Principal("1", "", Set.of()));
    assertThatNullPointerException().isThrownBy(() -> new Principal(null, "a", Set.of()));
    assertThatNullPointerException().isThrownBy(() -> new Principal("1", null, Set.of()));
    assertThatNullPointerException().isThrownBy(() -> new Principal("1", "a", null));
  }

  @Test
  @DisplayName("CH-2 a rejection carries its reason, and each addition is a new one")
  void rejected() {
    Rejected plain = Rejected.of("basic", Reason.MALFORMED);
    Rejected full =
        plain.withChallenge(BASIC).withSubject("alice").withRetryAfter(Duration.ofSeconds(3));
    assertThat(plain.challenge()).isEmpty();
    assertThat(plain.subject()).isEmpty();
    assertThat(plain.retryAfter()).isEmpty();
    for (Rejected rejected : new Rejected[] {plain, full}) {
      assertThat(rejected.scheme()).isEqualTo("basic");
      assertThat(rejected.reason()).isEqualTo(Reason.MALFORMED);
      assertThat(rejected).hasToString("Rejected[basic, malformed]");
    }
    assertThat(full.challenge()).contains(BASIC);
    assertThat(full.subject()).contains("alice");
    assertThat(full.retryAfter()).contains(Duration.ofSeconds(3));
    assertThat(full.withChallenge(BASIC).subject()).contains("alice");
    assertThat(plain.withRetryAfter(Duration.ZERO).retryAfter()).contains(Duration.ZERO);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plain.withRetryAfter(Duration.ofNanos(-1)))
        .withMessageContaining("negative");
  }

  @Test
  @DisplayName("EV-1 a subject of 150 characters is kept, of 151 it is clipped")
  void subjectLength() {
    Rejected rejected = Rejected.of("basic", Reason.MALFORMED);
    assertThat(rejected.withSubject("a".repeat(150)).subject()).contains("a".repeat(150));
    assertThat(rejected.withSubject("a".repeat(150) + "b").subject()).contains("a".repeat(150));
  }

  @Test
  @DisplayName("GU-3 the codes of refusals are stable")
  void codes() {
    assertThat(Refusal.values())
        .extracting(Refusal::code)
        .containsExactly(
            "malformed_request",
            "malformed_credentials",
            "invalid_credentials",
            "invalid_token",
            "csrf",
            "insecure_transport",
            "throttled",
            "temporarily_unavailable",
            "username_taken",
            "unknown_user",
            "account_changed",
            "wrong_password",
            "unknown_code");
  }

  @Test
  @DisplayName("CH-6 null is refused where it is given")
  void nulls() {
    assertThatNullPointerException().isThrownBy(() -> Authenticated.builder(null, "a"));
    assertThatNullPointerException().isThrownBy(() -> Authenticated.builder(ALICE, null));
    Authenticated.Builder builder = Authenticated.builder(ALICE, "a");
    assertThatNullPointerException().isThrownBy(() -> builder.challenge(null));
    assertThatNullPointerException().isThrownBy(() -> builder.credentialId(null));
    assertThatNullPointerException().isThrownBy(() -> builder.scopes(null));
    assertThatNullPointerException().isThrownBy(() -> builder.attributes(null));
    assertThatNullPointerException().isThrownBy(() -> builder.authenticatedAt(null));
    assertThatNullPointerException().isThrownBy(() -> Rejected.of(null, Reason.MALFORMED));
    assertThatNullPointerException().isThrownBy(() -> Rejected.of("a", null));
    Rejected rejected = Rejected.of("a", Reason.MALFORMED);
    assertThatNullPointerException().isThrownBy(() -> rejected.withChallenge(null));
    assertThatNullPointerException().isThrownBy(() -> rejected.withSubject(null));
    assertThatNullPointerException().isThrownBy(() -> rejected.withRetryAfter(null));
    assertThatNullPointerException().isThrownBy(() -> NotAttempted.because(null));
    assertThatNullPointerException().isThrownBy(() -> NotAttempted.stale(null));
    assertThatNullPointerException().isThrownBy(() -> new Reason(null, Refusal.CSRF));
    assertThatNullPointerException().isThrownBy(() -> new Reason("a", null));
    assertThatNullPointerException().isThrownBy(() -> new Fault(null, "a", "b"));
    assertThatNullPointerException().isThrownBy(() -> new Fault("a", null, "b"));
    assertThatNullPointerException().isThrownBy(() -> new Fault("a", "b", null));
  }

  @Test
  @DisplayName("CH-6 an outage says what could not be done, and why")
  void outage() {
    Throwable cause = new IllegalStateException("driver");
    assertThat(new StoreUnavailableException("no answer", cause))
        .hasMessage("no answer")
        .hasCause(cause);
    assertThat(new StoreUnavailableException("no answer")).hasMessage("no answer").hasNoCause();
  }
}
