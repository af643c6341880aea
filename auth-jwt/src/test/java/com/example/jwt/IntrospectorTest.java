package com.example.jwt;

import static com.example.jwt.AskedServer.AUDIENCE;
import static com.example.jwt.AskedServer.ISSUER;
import static com.example.jwt.AskedServer.assertActive;
import static com.example.jwt.AskedServer.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.Secret;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.jwt.token.IntrospectedToken;
import dev.sallyport.jwt.token.TokenIntrospector;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an answer must say. */
class IntrospectorTest {
  private final AskedServer asked = new AskedServer();
  private final TokenIntrospector introspector = asked.builder().build();

  @AfterEach
  void stop() {
    asked.close();
  }

  @Test
  @DisplayName("RFC 7662 section 2.2 an active token has what the answer says of it")
  void active() {
    asked.activate("t", "\"scope\":\"read write\"", "\"jti\":\"7\"", "\"x\":null");
    IntrospectedToken token = assertActive(introspector, "t");
    assertThat(token.issuer()).isEqualTo(ISSUER);
    assertThat(token.subject()).isEqualTo("alice");
    assertThat(token.audience()).containsExactly(AUDIENCE);
    assertThat(token.expiresAt()).contains(Instant.ofEpochSecond(asked.now() + 3600));
    assertThat(token.id()).contains("7");
    assertThat(token.claims()).isEqualTo(Map.of("scope", "read write"));
    assertThat(token).hasToString("IntrospectedToken[hidden]");
    assertThat(introspector.issuer()).isEqualTo(ISSUER);
    assertThat(introspector).hasToString("TokenIntrospector[" + asked.server.uri() + "]");
  }

  @Test
  @DisplayName("RFC 7662 section 2.2 inactive is inactive, whatever else the answer says")
  void inactive() {
    asked.say("t", asked.active().replace("true", "false"));
    assertRefused(introspector, "t", "inactive");
    asked.say("u", "{\"active\":false,\"exp\":\"never\"}");
    assertRefused(introspector, "u", "inactive");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://idp.example/", "https://IDP.example", "https://other.example", ""})
  @DisplayName("RFC 7662 section 2.2 another iss is refused, and one that is missing by default")
  void issuer(String other) {
    asked.say("t", asked.active().replace("\"" + ISSUER + "\"", "\"" + other + "\""));
    asked.say("none", asked.active().replace("\"iss\":\"" + ISSUER + "\",", ""));
    TokenIntrospector lenient = asked.builder().acceptWithoutIssuer().build();
    assertRefused(introspector, "t", "wrong_issuer");
    assertRefused(introspector, "none", "wrong_issuer");
    assertRefused(lenient, "t", "wrong_issuer");
    assertThat(assertActive(lenient, "none").issuer()).isEqualTo(ISSUER);
  }

  @Test
  @DisplayName("RFC 7662 section 2.2 aud must hold the audience, unless any is accepted by name")
  void audience() {
    String aud = "\"aud\":\"" + AUDIENCE + "\"";
    asked.say("list", asked.active().replace(aud, "\"aud\":[\"x\",\"" + AUDIENCE + "\"]"));
    asked.say("other", asked.active().replace(aud, "\"aud\":\"https://other.example\""));
    asked.say("none", asked.active().replace(aud, "\"x\":1"));
    asked.say("empty", asked.active().replace(aud, "\"aud\":[]"));
    assertActive(introspector, "list");
    TokenIntrospector any =
        asked.bare().clientSecret("notes", Secret.of("x")).acceptAnyAudience().build();
    for (String token : List.of("other", "none", "empty")) {
      assertRefused(introspector, token, "wrong_audience");
      assertActive(any, token);
    }
  }

  @Test
  @DisplayName("RFC 7662 section 2.2 exp has passed at exactly exp and leeway; without, it has not")
  void expiry() {
    String exp = "\"exp\":" + (asked.now() + 3600);
    asked.say("at", asked.active().replace(exp, "\"exp\":" + (asked.now() - 30)));
    asked.say("before", asked.active().replace(exp, "\"exp\":" + (asked.now() - 29)));
    asked.say("none", asked.active().replace(exp, "\"x\":1"));
    assertRefused(introspector, "at", "expired");
    assertActive(introspector, "before");
    assertThat(assertActive(introspector, "none").expiresAt()).isEmpty();
    assertRefused(asked.builder().leeway(Duration.ofSeconds(29)).build(), "before", "expired");
  }

  @Test
  @DisplayName("RFC 7662 section 2.2 a token isn't good before nbf or iat, less the leeway")
  void notYet() {
    for (String name : List.of("nbf", "iat")) {
      asked.activate(name + "-at", "\"" + name + "\":" + (asked.now() + 30));
      asked.activate(name + "-after", "\"" + name + "\":" + (asked.now() + 31));
      assertActive(introspector, name + "-at");
      assertRefused(introspector, name + "-after", "not_yet_valid");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"exp\":\"9999999999\"",
        "\"exp\":1e400",
        "\"exp\":9223372036854775808",
        "\"exp\":null",
        "\"exp\":true",
        "\"nbf\":\"0\"",
        "\"nbf\":-1",
        "\"iat\":{}",
        "\"iss\":[\"https://idp.example\"]",
        "\"aud\":7",
        "\"aud\":[\"https://notes.example\",7]",
        "\"sub\":7",
        "\"sub\":\"\"",
        "\"jti\":7"
      })
  @DisplayName("RFC 7662 section 2.2 a member of the wrong type is no token's")
  void wrongTypes(String member) {
    String name = member.substring(1, member.indexOf('"', 1));
    asked.say("t", asked.active("\"jti\":\"1\"", "\"nbf\":0", "\"iat\":0"));
    assertActive(introspector, "t");
    String rest =
        asked
            .active("\"jti\":\"1\"", "\"nbf\":0", "\"iat\":0")
            .replaceFirst("\"" + name + "\":(\"[^\"]*\"|[0-9]+)", member.replace("\\", "\\\\"));
    asked.say("u", rest);
    if (member.contains("1e400")) {
      assertThatThrownBy(() -> introspector.introspect("u"))
          .isInstanceOf(StoreUnavailableException.class); // no JSON that there is
    } else {
      assertRefused(introspector, "u", "bad_claims");
    }
  }

  @Test
  @DisplayName("RFC 7662 section 2.2 without a subject there is nobody to be")
  void subject() {
    asked.say("t", asked.active().replace("\"sub\":\"alice\",", ""));
    assertRefused(introspector, "t", "bad_claims");
  }

  @ParameterizedTest
  @CsvSource({
    "Bearer, true",
    "bearer, true",
    "BEARER, true",
    "refresh_token, false",
    "DPoP, false",
    "Bearer2, false",
    "N_A, false",
    "'', false"
  })
  @DisplayName(
      "RFC 7662 section 2.2 a refresh token is no access token, nor is one not to be borne")
  void type(String type, boolean accepted) {
    asked.activate("t", "\"token_type\":\"" + type + "\"");
    if (accepted) {
      assertActive(introspector, "t");
    } else {
      assertRefused(introspector, "t", "wrong_type");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "true", "[\"Bearer\"]", "{}"})
  @DisplayName("RFC 7662 section 2.2 a token_type that is no string is none")
  void typeOfType(String type) {
    asked.activate("t", "\"token_type\":" + type);
    assertRefused(introspector, "t", "wrong_type");
  }

  @Test
  @DisplayName("RFC 7800, RFC 8705 a token that is bound to a key can't be borne")
  void bound() {
    asked.activate("t", "\"cnf\":{\"x5t#S256\":\"x\"}", "\"token_type\":\"Bearer\"");
    assertRefused(introspector, "t", "bound_to_key");
    asked.activate("u", "\"cnf\":{}");
    assertRefused(introspector, "u", "bound_to_key");
  }

  @Test
  @DisplayName("RFC 7662 section 2.2 rules on other members hold, for servers that need them")
  void rules() {
    TokenIntrospector ruled = asked.builder().require("token_use", "access_token").build();
    asked.activate("t", "\"token_use\":\"access_token\"");
    asked.activate("u", "\"token_use\":\"refresh_token\"");
    asked.activate("v");
    assertActive(ruled, "t");
    assertRefused(ruled, "u", "wrong_claim");
    assertRefused(ruled, "v", "wrong_claim");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\nb", "a,b", "a\"b", "été", "=", "a=b", "\u0000"})
  @DisplayName("RFC 6750 section 2.1 the server isn't asked about what is no bearer token")
  void malformed(String token) {
    assertRefused(introspector, token, "malformed");
    assertThat(asked.requests).isEmpty();
  }

  @Test
  @DisplayName("RFC 6750 section 2.1 a token of 64 KiB is asked about, a longer one is not")
  void length() {
    assertRefused(introspector, "a".repeat(65_536), "inactive");
    assertRefused(introspector, "a".repeat(65_537), "malformed");
    assertThat(asked.requests).hasSize(1);
  }

  static List<UnaryOperator<TokenIntrospector.Builder>> contradictions() {
    return List.of(
        builder -> builder,
        builder -> builder.audience(AUDIENCE),
        builder -> builder.clientSecret("notes", Secret.of("x")),
        builder ->
            builder.clientSecret("notes", Secret.of("x")).audience(AUDIENCE).acceptAnyAudience());
  }

  @ParameterizedTest
  @MethodSource("contradictions")
  @DisplayName("SP-2 credentials and the audience can't be forgotten, nor contradict each other")
  void forgotten(UnaryOperator<TokenIntrospector.Builder> options) {
    assertThatIllegalArgumentException().isThrownBy(() -> options.apply(asked.bare()).build());
  }

  @Test
  @DisplayName("SP-2 what is out of range is refused, by name and value")
  void ranges() {
    List<UnaryOperator<TokenIntrospector.Builder>> wrong =
        List.of(
            builder -> builder.rememberFor(Duration.ofMinutes(5).plusMillis(1)),
            builder -> builder.rememberFor(Duration.ofMillis(-1)),
            builder -> builder.remember(0, 64 << 10),
            builder -> builder.remember(1, (64 << 10) - 1),
            builder -> builder.remember(10_000_001, 64 << 10),
            builder -> builder.maxWaiting(0),
            builder -> builder.maxWaiting(10_001),
            builder -> builder.timeout(Duration.ofMillis(99)),
            builder -> builder.timeout(Duration.ofSeconds(31)),
            builder -> builder.leeway(Duration.ofMinutes(6)),
            builder -> builder.audience(""),
            builder -> builder.require("iss", "x"),
            builder -> builder.clientSecret("", Secret.of("x")),
            builder ->
                builder.client(
                    HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build()));
    for (UnaryOperator<TokenIntrospector.Builder> one : wrong) {
      assertThatIllegalArgumentException().isThrownBy(() -> one.apply(asked.bare()));
    }
    asked
        .bare()
        .rememberFor(Duration.ZERO)
        .rememberFor(Duration.ofMinutes(5))
        .remember(1, 64 << 10)
        .remember(10_000_000, 64 << 10)
        .maxWaiting(1)
        .maxWaiting(10_000)
        .timeout(Duration.ofMillis(100))
        .timeout(Duration.ofSeconds(30))
        .leeway(Duration.ZERO)
        .leeway(Duration.ofMinutes(5));
    assertThatThrownBy(() -> asked.builder().bearer(() -> Secret.of("x")))
        .isInstanceOf(IllegalStateException.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TokenIntrospector.builder(asked.environment, asked.server.uri(), ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://idp.example/introspect",
        "http://127.0.0.1.example/introspect",
        "ftp://idp.example/introspect",
        "https://user:secret@idp.example/introspect",
        "/introspect"
      })
  @DisplayName("GU-5 tokens are sent over HTTPS, or to this machine; the URL isn't quoted")
  void url(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TokenIntrospector.builder(asked.environment, URI.create(url), ISSUER))
        .withMessageNotContaining("secret");
  }
}
