package com.example.jwt.family;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.NotAttempted;
import dev.sallyport.Plan;
import dev.sallyport.Rejected;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.testkit.Plans;
import dev.sallyport.testkit.TestRequest;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a request needs before it is answered. */
class PlanTest {
  private final JwtFixture fixture = new JwtFixture();
  private final TokenPair pair = fixture.start();

  private static Plan<AuthResult> plan(JwtFixture fixture, TestRequest request) {
    return fixture.first.authenticator.plan(request.build());
  }

  private static TestRequest bearer(TokenPair pair) {
    return Node.bearer(pair.accessToken().reveal());
  }

  @ParameterizedTest
  @CsvSource({"Basic abc", "Bearer opaque"})
  @DisplayName("AD-9 what is another member's is left at once")
  void others(String authorization) {
    AuthRequest request = TestRequest.get("/").authorization(authorization).build();
    assertThat(fixture.first.authenticator.plan(request))
        .isEqualTo(Plan.done(fixture.first.authenticator.authenticate(request)));
  }

  @Test
  @DisplayName("AD-9 a token that was seen before needs nothing more, until it expires")
  void seen() {
    assertThat(Plans.works(plan(fixture, bearer(pair)))).containsExactly(Plan.Work.STORE);
    assertThat(plan(fixture, bearer(pair)))
        .isInstanceOfSatisfying(
            Plan.Done.class, done -> assertThat(done.result()).isInstanceOf(Authenticated.class));
    fixture.clock.advance(Duration.ofHours(1));
    Plan<AuthResult> expired = plan(fixture, bearer(pair));
    assertThat(expired).isInstanceOf(Plan.Later.class);
    assertThat(expired.complete()).isInstanceOf(Rejected.class);
  }

  @Test
  @DisplayName("AD-9, JW-5 once a second, keys in a file are looked for there, in a lane")
  void keysInFile(@TempDir Path folder) {
    Sharing node = new Sharing(fixture, folder.resolve("keys.json"));
    TokenPair issued = node.start();
    AuthRequest request = bearer(issued).build();
    assertThat(node.takes(issued)).isTrue();
    for (int i = 0; i < 3; i++) {
      assertThat(node.authenticator.plan(request)).isInstanceOf(Plan.Done.class);
      fixture.clock.advance(Duration.ofSeconds(1));
      assertThat(Plans.works(node.authenticator.plan(request))).containsExactly(Plan.Work.STORE);
    }
  }

  @Test
  @DisplayName("AD-9 a token that is wrong is never remembered")
  void wrong() {
    String token = pair.accessToken().reveal();
    TestRequest forged = Node.bearer(token.substring(0, token.length() - 4) + "AAAA");
    for (int i = 0; i < 3; i++) {
      assertThat(Plans.works(plan(fixture, forged))).containsExactly(Plan.Work.STORE);
      assertThat(plan(fixture, forged).complete()).isInstanceOf(Rejected.class);
    }
  }

  @Test
  @DisplayName("AD-9, JW-9 with the look-up on, a token that was seen asks the store as well")
  void lookUp() {
    JwtFixture asking =
        new JwtFixture(JwtFixture.Options.none().authenticator(JwtAuthenticator.Builder::lookUp));
    TestRequest request = bearer(asking.start());
    for (int i = 0; i < 3; i++) {
      assertThat(Plans.works(plan(asking, request))).containsExactly(Plan.Work.STORE);
    }
  }

  @Test
  @DisplayName("AD-9 a token in a cookie is planned as any cookie is")
  void inCookie() {
    JwtFixture inCookies = new JwtFixture(families -> families.inCookies("/auth/jwt"));
    assertThat(plan(inCookies, TestRequest.get("/")))
        .isEqualTo(Plan.done(NotAttempted.NO_CREDENTIALS));
    assertThat(Plans.works(plan(inCookies, TestRequest.get("/").cookie("__Host-jwt", "a.b.c"))))
        .containsExactly(Plan.Work.STORE);
  }
}
