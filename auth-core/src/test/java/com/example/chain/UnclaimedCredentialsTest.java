package com.example.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticator;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Challenge;
import dev.sallyport.NotAttempted;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.TestRequest;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials of a scheme that a member can name, and that no member takes. */
class UnclaimedCredentialsTest {
  private static final Challenge BASIC = Challenge.of("Basic", "api").with("charset", "UTF-8");
  private static final Challenge BEARER = Challenge.of("Bearer", "api");
  private static final Challenge TOKEN = Challenge.of("Token", "api");
  private static final Challenge KEY = Challenge.of("X-Key", "api");

  private final RecordingListener heard = new RecordingListener();

  private AuthResult authenticate(String authorization, Authenticator... members) {
    AuthRequest request = TestRequest.get("/").header("Authorization", authorization).build();
    return AuthenticatorChain.of(AuthEnvironment.standard().withListener(heard), members)
        .authenticate(request);
  }

  @ParameterizedTest
  @CsvSource({
    "Bearer abc, bearer, INVALID_TOKEN, unclaimed_token",
    "bEARER abc, bearer, INVALID_TOKEN, unclaimed_token",
    "Bearer, bearer, INVALID_TOKEN, unclaimed_token",
    "Token abc, token, INVALID_TOKEN, unclaimed_token",
    "TOKEN abc, token, INVALID_TOKEN, unclaimed_token",
    "Basic abc, basic, INVALID_CREDENTIALS, unclaimed_credentials",
    "BASIC, basic, INVALID_CREDENTIALS, unclaimed_credentials",
    "x-key abc, key, INVALID_CREDENTIALS, unclaimed_credentials",
  })
  @DisplayName("CH-4 they are wrong and not absent; invalid_token for Bearer and Token")
  void rejected(String authorization, String member, Refusal refusal, String reason) {
    AuthResult result =
        authenticate(
            authorization,
            Probe.abstaining("none"),
            Probe.abstaining("basic", BASIC),
            Probe.abstaining("bearer", BEARER),
            Probe.abstaining("token", TOKEN),
            Probe.abstaining("key", KEY));
    Rejected rejected = (Rejected) result;
    assertThat(rejected.scheme()).isEqualTo(member);
    assertThat(rejected.reason().refusal()).isEqualTo(refusal);
    assertThat(rejected.reason().name()).isEqualTo(reason);
    assertThat(rejected.challenge().orElseThrow().scheme())
        .isEqualToIgnoringCase(authorization.split(" ", -1)[0]);
    assertThat(heard.events(AuthEvent.AuthenticationFailed.class))
        .extracting(AuthEvent.AuthenticationFailed::scheme, AuthEvent.AuthenticationFailed::reason)
        .containsExactly(tuple(member, reason));
  }

  @ParameterizedTest
  @ValueSource(strings = {"BEARER", "bearer", "tOkEn"})
  @DisplayName("CH-4 a member may write its scheme in any letter case")
  void namedInAnyCase(String scheme) {
    AuthResult result =
        authenticate(
            scheme.toUpperCase(Locale.ROOT) + " x",
            Probe.abstaining("m", Challenge.of(scheme, "api")));
    assertThat(result)
        .asInstanceOf(type(Rejected.class))
        .extracting(rejected -> rejected.reason().refusal())
        .isEqualTo(Refusal.INVALID_TOKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic", "Digest", "Negotiate", "NTLM"})
  @DisplayName("CH-4 a challenge that is not to prompt still names its scheme")
  void unprompted(String scheme) {
    Challenge held = Challenge.of(scheme, "api").unprompted();
    assertThat(authenticate(scheme + " x", Probe.abstaining("m", held)))
        .hasToString("Rejected[m, unclaimed_credentials]");
    assertThat(authenticate("x" + scheme + " x", Probe.abstaining("m", held)))
        .as("the disguise is no scheme")
        .isSameAs(NotAttempted.OTHER_SCHEME);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Digest username=\"a\", realm=\"b\"",
        "Negotiate abc",
        "Bear x",
        "Bearers x",
        "Basicx",
        "ba\u017Fic"
      })
  @DisplayName("CH-4, row 9 credentials of a scheme that nobody names are as good as none")
  void otherScheme(String authorization) {
    AuthResult result =
        authenticate(
            authorization,
            Probe.abstaining("basic", BASIC),
            Probe.abstaining("bearer", BEARER),
            Probe.abstaining("none"));
    assertThat(result).isInstanceOf(NotAttempted.class);
    assertThat(heard.events()).isEmpty();
  }

  @Test
  @DisplayName("CH-4, row 4 a field without a scheme is as good as none")
  void noScheme() {
    for (String line : List.of("", "Basic\tx", "Basic,x", "\"Basic\" x")) {
      assertThat(authenticate(line, Probe.abstaining("basic", BASIC)))
          .isSameAs(NotAttempted.NO_CREDENTIALS);
    }
    assertThat(authenticate("Digest x", Probe.abstaining("basic", BASIC)))
        .isSameAs(NotAttempted.OTHER_SCHEME);
  }

  @Test
  @DisplayName("CH-4 the first member that names the scheme is the one that rejects")
  void firstNamesIt() {
    Challenge other = Challenge.of("bearer", "other");
    Rejected rejected =
        (Rejected)
            authenticate(
                "Bearer x",
                Probe.abstaining("a", BASIC),
                Probe.abstaining("b", KEY, other),
                Probe.abstaining("c", BEARER));
    assertThat(rejected.scheme()).isEqualTo("b");
    assertThat(rejected.challenge()).containsSame(other);
  }

  @Test
  @DisplayName("CH-4 a member that took the credentials has decided")
  void claimed() {
    assertThat(
            authenticate("Bearer x", Probe.abstaining("a", BEARER), Probe.accepting("b", BEARER)))
        .hasToString("Authenticated[b, id-of-b]");
    assertThat(
            authenticate("Bearer x", Probe.rejecting("a", BEARER), Probe.abstaining("b", BEARER)))
        .hasToString("Rejected[a, wrong]");
  }

  @Test
  @DisplayName("CH-4, CH-3 a stale cookie beside unclaimed credentials does not excuse them")
  void staleBeside() {
    assertThat(
            authenticate(
                "Bearer x",
                Probe.of("session", request -> NotAttempted.stale("expired")),
                Probe.abstaining("bearer", BEARER)))
        .hasToString("Rejected[bearer, unclaimed_token]");
    assertThat(heard.events())
        .hasExactlyElementsOfTypes(
            AuthEvent.StaleCredentials.class, AuthEvent.AuthenticationFailed.class);
  }
}
