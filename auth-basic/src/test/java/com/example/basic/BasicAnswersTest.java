package com.example.basic;

import static dev.sallyport.testkit.AuthResultAssert.assertThatResult;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Challenge;
import dev.sallyport.Reason;
import dev.sallyport.Rejected;
import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.basic.Prompt;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.password.Password;
import dev.sallyport.password.Passwords;
import dev.sallyport.testkit.CheapHasher;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.TestRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client gets to see, and what an event does. */
class BasicAnswersTest {
  private static final String PASSWORD = "wonderland";
  private static final Challenge CHALLENGE = Challenge.of("Basic", "api").with("charset", "UTF-8");

  private final BasicFixture fixture = new BasicFixture();
  private final RecordingListener heard = new RecordingListener();
  private final AuthenticatorChain chain =
      AuthenticatorChain.of(
          AuthEnvironment.standard().withClock(fixture.clock).withListener(heard), fixture.basic);

  @BeforeEach
  void alice() {
    fixture.register("alice", PASSWORD);
  }

  private static AuthResponse answer(AuthenticatorChain chain, AuthRequest request) {
    return ((Decision.Refuse) Guard.of(chain).check(request)).response();
  }

  private AuthResponse answer(TestRequest request) {
    return answer(chain, request.build());
  }

  @Test
  @DisplayName("BA-3, row 17: the challenge is Basic realm and charset, on each 401")
  void challenge() {
    for (TestRequest request :
        List.of(
            TestRequest.get("/"),
            TestRequest.get("/").authorization("Basic x"),
            TestRequest.get("/").basic("alice", "wrong password"))) {
      AuthResponse answer = answer(request);
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.header("WWW-Authenticate"))
          .contains("Basic realm=\"api\", charset=\"UTF-8\"");
      assertThat(answer.header("Cache-Control")).contains("no-store");
    }
  }

  @Test
  @DisplayName("BA-1, GU-2: all that is malformed is answered alike, and an event of its own")
  void malformed() {
    AuthResponse first = answer(TestRequest.get("/").authorization("Basic"));
    assertThat(first.body()).contains("\"code\":\"malformed_credentials\"");
    for (String value :
        new String[] {"Basic x", BasicFixture.encode("alice:"), BasicFixture.encode("no colon")}) {
      assertThat(answer(TestRequest.get("/").authorization(value))).isEqualTo(first);
    }
    assertThat(heard.events(AuthEvent.AuthenticationFailed.class))
        .hasSize(4)
        .allSatisfy(
            event -> {
              assertThat(event.reason()).isEqualTo("malformed");
              assertThat(event.subject()).isNull();
            });
  }

  @Test
  @DisplayName("GU-5, row 23: plain HTTP is 403 without a challenge, unchecked")
  void insecure() {
    AuthResponse answer = answer(TestRequest.get("/").basic("alice", PASSWORD).insecure());
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).contains("\"code\":\"insecure_transport\"");
    assertThat(answer.header("WWW-Authenticate")).isEmpty();
    assertThat(fixture.asked).hasValue(0);
    AuthRequest both =
        TestRequest.get("/").authorization("Basic " + "A".repeat(9000)).insecure().build();
    assertThatResult(fixture.basic.authenticate(both)).isRejected(Reason.INSECURE_TRANSPORT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "get", "PROPFIND"})
  @DisplayName("BA-7, row 24: an unsafe method from another site is 403 csrf, unchecked")
  void crossSite(String method) {
    AuthResponse answer =
        answer(
            TestRequest.of(method, "/")
                .basic("alice", PASSWORD)
                .header("Sec-Fetch-Site", "cross-site"));
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).contains("\"code\":\"csrf\"");
    assertThat(fixture.asked).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "TRACE"})
  @DisplayName("BA-7: a safe method is not judged by where it comes from")
  void safe(String method) {
    AuthRequest request =
        TestRequest.of(method, "/")
            .basic("alice", PASSWORD)
            .header("Sec-Fetch-Site", "cross-site")
            .build();
    assertThatResult(fixture.basic.authenticate(request)).isAuthenticatedAs("alice");
  }

  @Test
  @DisplayName("BA-7, BA-1: malformed credentials from another site are malformed")
  void malformedCrossSite() {
    AuthRequest request =
        TestRequest.post("/").authorization("Basic x").header("Origin", "null").build();
    assertThatResult(fixture.basic.authenticate(request)).isRejected(Reason.MALFORMED);
  }

  @Test
  @DisplayName("BA-5: several values of Sec-Fetch-Mode are no navigation")
  void severalModes() {
    BasicAuthenticator basic =
        BasicAuthenticator.builder(fixture.passwords).prompt(Prompt.NAVIGATIONS).build();
    AuthRequest request =
        TestRequest.get("/")
            .header("Sec-Fetch-Mode", "navigate")
            .header("Sec-Fetch-Mode", "cors")
            .build();
    assertThat(basic.challenges(request))
        .extracting(Challenge::toString)
        .containsExactly("xBasic realm=\"api\", charset=\"UTF-8\"");
  }

  @Test
  @DisplayName("BA-5, CH-4: held back, the challenge still makes Basic this chain's scheme")
  void heldBack() {
    BasicAuthenticator basic =
        BasicAuthenticator.builder(fixture.passwords).prompt(Prompt.NEVER).build();
    AuthResponse answer =
        answer(
            AuthenticatorChain.of(basic),
            TestRequest.get("/").basic("alice", "wrong password").build());
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate"))
        .contains("xBasic realm=\"api\", charset=\"UTF-8\"");
  }

  @Test
  @DisplayName("CH-7, CH-12: results name the challenge that was answered")
  void resultsNameChallenge() {
    Authenticated right =
        (Authenticated)
            fixture.basic.authenticate(TestRequest.get("/").basic("alice", PASSWORD).build());
    assertThat(right.challenge()).contains(CHALLENGE);
    for (TestRequest request :
        List.of(
            TestRequest.get("/").authorization("Basic x"),
            TestRequest.get("/").authorization("Basic " + "A".repeat(9000)),
            TestRequest.get("/").basic("alice", "wrong password"))) {
      Rejected rejected = (Rejected) fixture.basic.authenticate(request.build());
      assertThat(rejected.challenge()).contains(CHALLENGE);
      assertThat(rejected.retryAfter()).isEmpty();
    }
  }

  @Test
  @DisplayName("EV-1, row 105: the event has the true reason and the clipped name, and no password")
  void event() {
    String name = "n".repeat(151);
    answer(TestRequest.get("/").basic(name, "a wrong password"));
    assertThat(heard.events())
        .singleElement()
        .isInstanceOfSatisfying(
            AuthEvent.AuthenticationFailed.class,
            event -> {
              assertThat(event.scheme()).isEqualTo("basic");
              assertThat(event.reason()).isEqualTo("unknown_user");
              assertThat(event.subject()).isEqualTo("n".repeat(150));
              assertThat(event.toString()).doesNotContain("a wrong password");
            });
  }

  @Test
  @DisplayName("PW-4, GU-2, row 39: no turn for hashing is 503 with Retry-After, and no challenge")
  void busy() throws InterruptedException {
    CountDownLatch taken = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    CheapHasher cheap = CheapHasher.create();
    Passwords crowded =
        Passwords.builder(AuthEnvironment.standard(), fixture.users)
            .hasher(new SlowHasher(cheap, taken, done))
            .maxConcurrentHashes(1)
            .maxWait(Duration.ZERO)
            .build();
    Thread holder = new Thread(() -> crowded.hash(Password.of("anything")));
    holder.start();
    assertThat(taken.await(20, TimeUnit.SECONDS)).isTrue();
    AuthResponse answer =
        answer(
            AuthenticatorChain.of(BasicAuthenticator.of(crowded)),
            TestRequest.get("/").basic("alice", PASSWORD).build());
    done.countDown();
    holder.join();
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).contains("1");
    assertThat(answer.header("WWW-Authenticate")).isEmpty();
    assertThat(answer.body()).contains("\"code\":\"temporarily_unavailable\"");
  }

  @Test
  @DisplayName("SP-3: its name and text tell realm and nothing else; null is refused")
  void shows() {
    assertThat(fixture.basic.name()).isEqualTo("basic");
    assertThat(fixture.basic)
        .hasToString("BasicAuthenticator[Basic realm=\"api\", charset=\"UTF-8\"]");
    BasicAuthenticator.Builder builder = BasicAuthenticator.builder(fixture.passwords);
    assertThatThrownBy(() -> BasicAuthenticator.builder(null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> builder.realm(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> builder.prompt(null)).isInstanceOf(NullPointerException.class);
  }
}
