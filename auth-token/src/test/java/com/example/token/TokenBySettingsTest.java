package com.example.token;

import static dev.sallyport.testkit.AuthResultAssert.assertThatResult;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenStore;
import dev.sallyport.testkit.TestRequest;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenAuthenticator;
import dev.sallyport.token.TokenResult;
import dev.sallyport.token.TokenResult.Issued;
import dev.sallyport.token.Tokens;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TokenBySettingsTest {
  private final TokenFixture fixture = new TokenFixture();
  private final TokenSettings settings = new TokenSettings(fixture);

  private Issued issue(TokenAuthenticator by) {
    return TokenFixture.remembered(by.tokens().issue(fixture.user(), NewToken.standard()));
  }

  private Duration absolute(TokenAuthenticator by) {
    return Duration.between(fixture.clock.instant(), issue(by).record().expiresAt().orElseThrow());
  }

  private static AuthRequest request(String keyword, Issued issued) {
    return TestRequest.get("/").authorization(keyword + " " + issued.token().reveal()).build();
  }

  @Test
  @DisplayName("SP-1, SP-3 settings and code have the same defaults")
  void sameDefaults() {
    AuthRequest any = TestRequest.get("/").build();
    TokenAuthenticator code =
        TokenAuthenticator.of(
            Tokens.builder(
                    Sallyport.of(
                        AuthEnvironment.standard().withClock(fixture.clock),
                        fixture.users,
                        fixture.watched))
                .build());
    TokenAuthenticator configured = settings.token();
    assertThat(configured.challenges(any)).isEqualTo(code.challenges(any));
    assertThat(configured).hasToString(code.toString());
    assertThat(configured.tokens()).hasToString(code.tokens().toString());
    assertThat(configured.tokens().pattern()).isEqualTo(code.tokens().pattern());
    Issued byCode = issue(code);
    Issued bySettings = issue(configured);
    assertThat(bySettings.record().expiresAt()).isEqualTo(byCode.record().expiresAt());
    assertThat(bySettings.record().idleExpiresAt()).isEqualTo(byCode.record().idleExpiresAt());
    assertThat(bySettings.cookie()).isEmpty();
    assertThat(configured.authenticate(request("Bearer", byCode)))
        .isInstanceOf(Authenticated.class);
    assertThat(code.authenticate(request("Token", bySettings))).isInstanceOf(Authenticated.class);
    SecretDigest key = SecretDigest.of("a".repeat(40));
    assertThatThrownBy(() -> configured.tokens().importKey(fixture.alice, key, NewToken.standard()))
        .isInstanceOf(IllegalStateException.class);
    for (int i = 0; i < 20; i++) {
      issue(configured);
    }
    fixture.users.update(
        fixture.user(), fixture.user().toBuilder().changePassword("cheap$x").build());
    assertThat(configured.tokens().list(fixture.alice.id())).as("of the old epoch").isEmpty();
  }

  @Test
  @DisplayName("SP-1, TK-3 keywords and realm are set by keys")
  void keywords() {
    TokenAuthenticator authenticator =
        settings.token("keywords", "Key ,\tX-Key", "realm", "orders");
    Issued issued = issue(authenticator);
    assertThat(authenticator.challenges(request("Key", issued)).toString())
        .isEqualTo("[Key realm=\"orders\", X-Key realm=\"orders\"]");
    assertThatResult(authenticator.authenticate(request("x-key", issued)))
        .isAuthenticatedAs("alice");
    assertThatResult(authenticator.authenticate(request("Token", issued))).isNotAttempted();
  }

  @Test
  @DisplayName("SP-1, TK-2 the prefix and former ones are set by keys")
  void prefixes() {
    Issued first = issue(settings.token("prefix", "one_"));
    Issued second = issue(settings.token("prefix", "two-"));
    TokenAuthenticator both = settings.token("prefix", "new_", "former-prefixes", "one_, two-");
    assertThat(issue(both).token().reveal()).startsWith("new_");
    assertThatResult(both.authenticate(request("Token", first))).isAuthenticatedAs("alice");
    assertThatResult(both.authenticate(request("Token", second))).isAuthenticatedAs("alice");
    assertThatResult(both.authenticate(request("Token", fixture.issue()))).isNotAttempted();
  }

  @Test
  @DisplayName("SP-1, TK-1 the lifetime, and how it ends, are set by keys")
  void lifetimes() {
    assertThat(absolute(settings.token("lifetime", "60"))).isEqualTo(Duration.ofMinutes(1));
    assertThat(issue(settings.token("lifetime", "60")).record().idleExpiresAt()).isEmpty();
    TokenAuthenticator sliding =
        settings.token("ends", "sliding", "lifetime", "7200", "idle", "60");
    assertThat(absolute(sliding)).isEqualTo(Duration.ofHours(2));
    assertThat(issue(sliding).record().idleExpiresAt())
        .contains(fixture.clock.instant().plusSeconds(60));
    assertThat(issue(settings.token("ends", "sliding")).record().idleExpiresAt())
        .contains(fixture.clock.instant().plus(Duration.ofDays(14)));
    assertThat(issue(settings.token("ends", "never")).record().endsAt()).isEmpty();
  }

  @Test
  @DisplayName("SP-1, TK-1 the limit and what happens at it are set by keys")
  void limit() {
    TokenAuthenticator refusing = settings.token("max-per-user", "1");
    issue(refusing);
    assertThat(refusing.tokens().issue(fixture.alice, NewToken.standard()))
        .isInstanceOf(TokenResult.TooMany.class);
    Issued next = issue(settings.token("max-per-user", "1", "when-full", "remove-oldest"));
    assertThat(fixture.records())
        .singleElement()
        .satisfies(record -> assertThat(record.id()).isEqualTo(next.record().id()));
  }

  @Test
  @DisplayName("CH-11, SP-1 tokens come from the source of randomness that is given")
  void random() {
    AuthConfiguration auth =
        AuthConfiguration.builder(Map.of("auth.chain", "token"))
            .with(
                AuthEnvironment.class,
                AuthEnvironment.standard()
                    .withRandom(new FormatTest.Given(new byte[32]))
                    .withListener(fixture.events))
            .with(CredentialStore.class, fixture.users)
            .with(TokenStore.class, fixture.watched)
            .build();
    assertThat(issue((TokenAuthenticator) auth.chain().members().get(0)).token().reveal())
        .startsWith("sally_" + "0".repeat(43));
  }

  @Test
  @DisplayName("EV-1, SP-1 the listener that is given hears of what is issued and revoked")
  void listener() {
    TokenAuthenticator configured = settings.token();
    Issued issued = issue(configured);
    configured.tokens().revoke(fixture.alice.id(), issued.record().id());
    assertThat(fixture.events.events())
        .hasExactlyElementsOfTypes(AuthEvent.Issued.class, AuthEvent.Ended.class);
  }

  @Test
  @DisplayName("SP-1, TK-6, AC-2 imports and exemption are set by keys")
  void others() {
    TokenAuthenticator importing = settings.token("accept-imported", "true");
    SecretDigest key = SecretDigest.of("a".repeat(40));
    assertThat(importing.tokens().importKey(fixture.alice, key, NewToken.standard())).isPresent();
    TokenAuthenticator exempt =
        (TokenAuthenticator)
            settings
                .build(Map.of("auth.tokens-outlive-password-change", "true"))
                .chain()
                .members()
                .get(0);
    Issued issued = issue(exempt);
    fixture.users.update(
        fixture.user(), fixture.user().toBuilder().changePassword("cheap$x").build());
    assertThatResult(exempt.authenticate(request("Token", issued))).isAuthenticatedAs("alice");
    TokenFixture.assertRefused(
        settings.token().authenticate(request("Token", issued)), "old_epoch");
  }

  @Test
  @DisplayName("SP-1, TK-7, GU-5 delivery is set by a key; transport and origins are general")
  void cookie() {
    AuthConfiguration auth =
        settings.build(
            Map.of(
                "auth.token.delivery", "cookie",
                "auth.transport", "optional-on-loopback-for-development",
                "auth.trusted-origins", "https://app.example"));
    Issued issued = issue((TokenAuthenticator) auth.chain().members().get(0));
    assertThat(issued.cookie().orElseThrow().name()).isEqualTo("dev-token");
    TestRequest request =
        TestRequest.post("/")
            .cookie("dev-token", issued.token().reveal())
            .insecure()
            .header("Host", "localhost")
            .header("Origin", "https://app.example");
    assertThatResult(auth.chain().authenticate(request.build())).isAuthenticatedAs("alice");
    assertThat(issue(settings.token("delivery", "cookie")).cookie().orElseThrow().name())
        .isEqualTo("__Host-token");
  }
}
