package com.example.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.jwt.FakeWeb;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.Secret;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.jwt.token.IntrospectedToken;
import dev.sallyport.jwt.token.IntrospectionResult;
import dev.sallyport.jwt.token.TokenIntrospector;
import dev.sallyport.testkit.SettableClock;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * The input is what a server answers about a token: the token is accepted, refused, or it is an
 * outage, and it is accepted only if the answer says all that it must.
 */
public final class IntrospectionFuzz {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ISSUER = "https://idp.example";
  private static final String ENDPOINT = ISSUER + "/introspect";
  private static final SettableClock CLOCK = SettableClock.create();
  private static final AuthEnvironment ENVIRONMENT =
      AuthEnvironment.standard().withClock(CLOCK).withListener(event -> {});

  private IntrospectionFuzz() {}

  /** An answer, alone and with good members around its own. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    judge(input);
    String inside = new String(input, StandardCharsets.UTF_8);
    String answer =
        "{\"active\":true,\"iss\":\"%s\",\"sub\":\"a\",\"aud\":\"notes\",\"exp\":%d,%s}"
            .formatted(ISSUER, CLOCK.instant().getEpochSecond() + 60, inside);
    judge(answer.getBytes(StandardCharsets.UTF_8));
  }

  private static void judge(byte[] answer) throws IOException {
    FakeWeb web = new FakeWeb();
    web.put(ENDPOINT, answer);
    TokenIntrospector introspector =
        TokenIntrospector.builder(ENVIRONMENT, URI.create(ENDPOINT), ISSUER)
            .clientSecret("notes", Secret.of("secret"))
            .audience("notes")
            .client(web)
            .build();
    IntrospectionResult result;
    try {
      result = introspector.introspect("token");
    } catch (StoreUnavailableException e) {
      return;
    }
    JsonNode said = JSON.readTree(answer);
    assertThat(said.get("active").isBoolean()).isTrue();
    boolean ends =
        result instanceof IntrospectedToken token
            && token.expiresAt().filter(end -> !end.isAfter(CLOCK.instant())).isPresent();
    IntrospectionResult again = introspector.introspect("token");
    if (!ends) {
      assertThat(again).isSameAs(result);
    }
    assertThat(web.asked()).hasSize(ends ? 2 : 1);
    if (result instanceof IntrospectedToken token) {
      assertAccepted(said, token);
    }
  }

  private static void assertAccepted(JsonNode said, IntrospectedToken token) {
    assertThat(said.get("active").booleanValue()).isTrue();
    assertThat(said.get("iss").textValue()).isEqualTo(ISSUER).isEqualTo(token.issuer());
    assertThat(said.get("sub").textValue()).isNotEmpty().isEqualTo(token.subject());
    JsonNode audience = said.get("aud");
    List<String> named =
        audience.isTextual()
            ? List.of(audience.textValue())
            : JSON.convertValue(audience, JSON.constructType(List.class));
    assertThat(named).contains("notes").isEqualTo(token.audience());
    Instant leeway = CLOCK.instant().minusSeconds(30);
    assertThat(token.expiresAt().filter(end -> !end.isAfter(leeway))).isEmpty();
    assertThat(said.has("exp") && !said.get("exp").isNull())
        .isEqualTo(token.expiresAt().isPresent());
    assertThat(said.path("token_type").asText("bearer")).isEqualToIgnoringCase("bearer");
    assertThat(said.path("cnf").isMissingNode() || said.get("cnf").isNull()).isTrue();
    assertThat(token.claims().keySet())
        .doesNotContainAnyElementsOf(Set.of("active", "iss", "sub", "aud", "exp"));
  }
}
