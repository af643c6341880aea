package com.example.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticator;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Challenge;
import dev.sallyport.NotAttempted;
import dev.sallyport.testkit.TestRequest;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The challenges of a whole chain. */
class ChainChallengesTest {
  private static final AuthRequest REQUEST = TestRequest.get("/").build();
  private static final Challenge BASIC = Challenge.of("Basic", "api").with("charset", "UTF-8");
  private static final Challenge BEARER = Challenge.of("Bearer", "api");

  private static List<String> lines(Challenge refused, Challenge... perMember) {
    Authenticator[] members = new Authenticator[perMember.length];
    for (int i = 0; i < perMember.length; i++) {
      members[i] = Probe.abstaining("m" + i, perMember[i]);
    }
    return AuthenticatorChain.of(members).challenges(REQUEST, refused).stream()
        .map(Challenge::toString)
        .toList();
  }

  @Test
  @DisplayName(
      "CH-7, row 6 all members' challenges stand in the order of the chain, but Basic's last")
  void order() {
    Challenge session = Challenge.of("Session", "api");
    assertThat(lines(null, BEARER, BASIC, session))
        .containsExactly(
            "Bearer realm=\"api\"",
            "Session realm=\"api\"",
            "Basic realm=\"api\", charset=\"UTF-8\"");
    assertThat(lines(null, BASIC.unprompted(), session, BEARER))
        .containsExactly(
            "Session realm=\"api\"",
            "Bearer realm=\"api\"",
            "xBasic realm=\"api\", charset=\"UTF-8\"");
    assertThat(lines(null, session, BASIC))
        .containsExactly("Session realm=\"api\"", "Basic realm=\"api\", charset=\"UTF-8\"");
  }

  @Test
  @DisplayName("CH-7 a member may have none, or several, which stay together")
  void severalOfOne() {
    AuthenticatorChain chain =
        AuthenticatorChain.of(
            Probe.abstaining("none"),
            Probe.abstaining("two", BEARER, Challenge.of("Token", "api")),
            Probe.abstaining("one", BASIC));
    assertThat(chain.challenges(REQUEST))
        .containsExactly(BEARER, Challenge.of("Token", "api"), BASIC)
        .isUnmodifiable();
    assertThat(AuthenticatorChain.of(Probe.abstaining("none")).challenges(REQUEST)).isEmpty();
    assertThat(AuthenticatorChain.of(Probe.abstaining("none")).challenges(REQUEST, BASIC))
        .isEmpty();
  }

  @Test
  @DisplayName("CH-7 the same scheme and realm are one challenge, where the first of them stands")
  void merged() {
    assertThat(lines(null, BEARER, BASIC, BEARER))
        .containsExactly("Bearer realm=\"api\"", "Basic realm=\"api\", charset=\"UTF-8\"");
    assertThat(
            lines(
                null,
                BEARER.with("scope", "a"),
                Challenge.of("bearer", "api").with("title", "x").with("scope", "b")))
        .as("what the first says stands, in its words; the second adds to it")
        .containsExactly("Bearer realm=\"api\", scope=\"a\", title=\"x\"");
  }

  @Test
  @DisplayName("CH-7 another realm or another scheme is another challenge")
  void notMerged() {
    assertThat(lines(null, BEARER, Challenge.of("Bearer", "API"), Challenge.of("Token", "api")))
        .containsExactly("Bearer realm=\"api\"", "Bearer realm=\"API\"", "Token realm=\"api\"");
  }

  @Test
  @DisplayName("CH-7 error parameters stand only on the scheme and realm that refused")
  void errors() {
    Challenge refused = Challenge.of("bearer", "api").with("error", "invalid_token");
    assertThat(
            lines(
                refused, BASIC, BEARER, Challenge.of("Bearer", "b"), Challenge.of("Token", "api")))
        .containsExactly(
            "Bearer realm=\"api\", error=\"invalid_token\"",
            "Bearer realm=\"b\"",
            "Token realm=\"api\"",
            "Basic realm=\"api\", charset=\"UTF-8\"");
    assertThat(lines(refused, BASIC)).containsExactly("Basic realm=\"api\", charset=\"UTF-8\"");
    assertThat(lines(null, BEARER)).containsExactly("Bearer realm=\"api\"");
  }

  @Test
  @DisplayName("CH-7, BA-5 error parameters do not make a held-back challenge prompt")
  void errorsUnprompted() {
    assertThat(lines(BASIC.with("error", "x"), BASIC.unprompted()))
        .containsExactly("xBasic realm=\"api\", charset=\"UTF-8\", error=\"x\"");
  }

  @Test
  @DisplayName("CH-7, BA-5 challenges may depend on the request")
  void perRequest() {
    Authenticator member =
        new Authenticator() {
          @Override
          public AuthResult authenticate(AuthRequest request) {
            return NotAttempted.NO_CREDENTIALS;
          }

          @Override
          public List<Challenge> challenges(AuthRequest request) {
            return List.of(
                request.headers("X-Requested-With").isEmpty() ? BASIC : BASIC.unprompted());
          }
        };
    AuthenticatorChain chain = AuthenticatorChain.of(member);
    AuthRequest script = TestRequest.get("/").header("X-Requested-With", "fetch").build();
    assertThat(chain.challenges(REQUEST)).containsExactly(BASIC);
    assertThat(chain.challenges(script)).containsExactly(BASIC.unprompted());
  }
}
