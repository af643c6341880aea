package com.example.request;

import static dev.sallyport.OriginPolicy.Origin.FOREIGN;
import static dev.sallyport.OriginPolicy.Origin.OWN;
import static dev.sallyport.TransportSecurity.OPTIONAL_ON_LOOPBACK_FOR_DEVELOPMENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticator;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.OriginPolicy;
import dev.sallyport.Reason;
import dev.sallyport.Rejected;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.TestRequest;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is decided by the host that a request is for, wherever the request says it. */
class AuthorityTest {
  private final RecordingListener events = new RecordingListener();
  private final AuthenticatorChain chain =
      AuthenticatorChain.of(
          AuthEnvironment.standard().withListener(events),
          Authenticator.named(
              "session",
              request -> {
                throw new AssertionError("no member is asked");
              }));

  private static OriginPolicy.Origin judge(TestRequest request) {
    return OriginPolicy.ownOnly().judge(request.build());
  }

  @ParameterizedTest
  @CsvSource({
    "own.example, https://own.example, OWN",
    "OWN.example, https://own.example, OWN",
    "own.example:443, https://own.example, OWN",
    "own.example:8443, https://own.example:8443, OWN",
    "[2001:db8::1]:443, https://[2001:db8::1], OWN",
    "own.example, https://evil.example, FOREIGN",
    "own.example, http://own.example, FOREIGN",
    "own.example, https://own.example:8443, FOREIGN",
    "own.example:8443, https://own.example, FOREIGN",
    "own.example, null, FOREIGN",
  })
  @DisplayName("AD-1, SE-5 over HTTP/2, without a Host, own pages pass and others are refused")
  void origins(String authority, String origin, OriginPolicy.Origin expected) {
    assertThat(judge(TestRequest.post("/").authority(authority).header("Origin", origin)))
        .isEqualTo(expected);
  }

  @Test
  @DisplayName("AD-1, SE-5 the own origin is that of an absolute form, and not that of Host")
  void absoluteForm() {
    TestRequest foreign =
        TestRequest.post("https://own.example/")
            .header("Host", "evil.example")
            .header("Origin", "https://evil.example");
    assertThat(judge(foreign)).isEqualTo(FOREIGN);
    TestRequest own =
        TestRequest.post("https://own.example/")
            .header("Host", "other.example")
            .header("Origin", "https://own.example");
    assertThat(judge(own)).isEqualTo(OWN);
  }

  @Test
  @DisplayName("AD-1, SE-5 an Origin is own to no request that contradicts itself")
  void contradictory() {
    assertThat(
            judge(
                TestRequest.post("/")
                    .authority("own.example")
                    .header("Host", "evil.example")
                    .header("Origin", "https://evil.example")))
        .isEqualTo(FOREIGN);
  }

  private static boolean permits(TestRequest request) {
    return OPTIONAL_ON_LOOPBACK_FOR_DEVELOPMENT.permits(request.insecure().build());
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, true",
    "LOCALHOST:8080, true",
    "127.0.0.1:80, true",
    "[::1]:8080, true",
    "own.example, false",
    "localhost.evil.example, false",
    "192.0.2.1, false",
  })
  @DisplayName("AD-1, GU-5 the development switch reads :authority and the absolute form")
  void loopback(String authority, boolean permitted) {
    assertThat(permits(TestRequest.get("/").authority(authority))).isEqualTo(permitted);
    assertThat(permits(TestRequest.get("http://" + authority + "/").header("Host", "localhost")))
        .isEqualTo(permitted);
  }

  @Test
  @DisplayName("AD-1, GU-5 a request that contradicts itself is not local")
  void notLocal() {
    assertThat(permits(TestRequest.get("/").authority("localhost").header("Host", "evil.example")))
        .isFalse();
    assertThat(permits(TestRequest.get("http://localhost@evil.example/"))).isFalse();
  }

  static Stream<AuthRequest> contradictions() {
    return Stream.of(
        TestRequest.post("/").authority("own.example").header("Host", "evil.example").build(),
        TestRequest.post("/").header("Host", "own.example").header("Host", "own.example").build(),
        TestRequest.post("http://alice@own.example/").build(),
        TestRequest.post("http:///").header("Host", "own.example").build());
  }

  @ParameterizedTest
  @MethodSource("contradictions")
  @DisplayName("AD-1 a request that contradicts itself is 400, and no member is asked")
  void chain(AuthRequest request) {
    AuthResult result = chain.authenticate(request);
    assertThat(result)
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(Reason.CONTRADICTORY_AUTHORITY));
    assertMalformed(Guard.of(chain).check(request, Permission.anyone()));
    assertThat(events.events(AuthEvent.AuthenticationFailed.class))
        .hasSize(2)
        .allSatisfy(event -> assertThat(event.reason()).isEqualTo("contradictory_authority"));
  }

  @ParameterizedTest
  @MethodSource("contradictions")
  @DisplayName("AD-1 it is 400 as well where credentials are in the body or in a cookie")
  void body(AuthRequest request) {
    assertMalformed(Guard.of(chain).checkBody(request, "login"));
    assertMalformed(Guard.of(chain).checkCookie(request, "refresh"));
    assertThat(events.events(AuthEvent.AuthenticationFailed.class))
        .extracting(AuthEvent.AuthenticationFailed::scheme)
        .containsExactly("login", "refresh");
  }

  private static void assertMalformed(Decision decision) {
    AuthResponse response = ((Decision.Refuse) decision).response();
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body())
        .contains("\"code\":\"malformed_request\"")
        .doesNotContain("example");
    assertThat(response.header("WWW-Authenticate")).isEmpty();
    assertThat(response.header("Cache-Control")).contains("no-store");
  }
}
