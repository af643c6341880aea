package com.example.jwt;

import static com.example.jwt.Tenants.A;
import static com.example.jwt.WiredIssuers.B;
import static com.example.jwt.WiredIssuers.reason;
import static com.example.jwt.WiredIssuers.who;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Client;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.jwt.IssuerFinder;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.TrustedIssuer;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.VerificationKeys;
import dev.sallyport.jwt.refresh.RefreshFamilies;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.store.User;
import dev.sallyport.testkit.TestRequest;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerFinderTest {
  private final Tenants tenants = new Tenants();
  private final SigningKey other = Pairs.key(JwsAlgorithm.ES256).withKeyId("1");

  @Test
  @DisplayName("JW-5, CH-8 a tenant in use is looked up once in 4 min, and its tokens are its own")
  void found() {
    tenants.add(B);
    for (int i = 0; i < 3; i++) {
      assertThat(who(tenants.jwt, tenants.token(A)).principal().id()).isEqualTo(A + "|alice");
      assertThat(who(tenants.jwt, tenants.token(B)).principal().id()).isEqualTo(B + "|alice");
    }
    assertThat(who(tenants.jwt, tenants.token(A)).principal().roles()).isEqualTo(Set.of("g"));
    assertThat(tenants.asked).containsExactly(A, B);
    tenants.clock.advance(Duration.ofMinutes(4).minusMillis(1));
    assertThat(who(tenants.jwt, tenants.token(A, "jti", "\"2\""))).isNotNull();
    assertThat(tenants.asked).hasSize(2);
    tenants.clock.advance(Duration.ofMillis(1));
    assertThat(who(tenants.jwt, tenants.token(A, "jti", "\"3\""))).isNotNull();
    assertThat(tenants.asked).containsExactly(A, B, A);
  }

  @Test
  @DisplayName("JW-5 a tenant that is withdrawn ends within the time, remembered tokens as well")
  void withdrawn() {
    String token = tenants.token(A);
    assertThat(who(tenants.jwt, token)).isNotNull();
    tenants.table.clear();
    tenants.clock.advance(Duration.ofMinutes(4).minusMillis(1));
    assertThat(who(tenants.jwt, token)).isNotNull();
    tenants.clock.advance(Duration.ofMillis(1));
    assertThat(reason(tenants.jwt, token)).isEqualTo("wrong_issuer");
    assertThat(reason(tenants.jwt, tenants.token(A, "jti", "\"2\""))).isEqualTo("wrong_issuer");
    tenants.add(A);
    tenants.clock.advance(Duration.ofSeconds(30).minusMillis(1));
    assertThat(reason(tenants.jwt, token)).isEqualTo("wrong_issuer");
    assertThat(tenants.asked).hasSize(2);
    tenants.clock.advance(Duration.ofMillis(1));
    assertThat(who(tenants.jwt, token)).isNotNull();
    assertThat(tenants.asked).hasSize(3);
  }

  @Test
  @DisplayName("JW-5 a tenant whose keys or claims changed is as new, remembered tokens as well")
  void changed() {
    String token = tenants.token(A);
    assertThat(who(tenants.jwt, token).principal().roles()).containsExactly("g");
    TrustedIssuer same = tenants.table.get(A);
    tenants.table.put(A, same.withRoles("none"));
    tenants.clock.advance(Duration.ofMinutes(5));
    assertThat(who(tenants.jwt, token).principal().roles()).isEmpty();
    tenants.table.put(A, tenants.issuer(A, other));
    tenants.clock.advance(Duration.ofMinutes(5));
    assertThat(reason(tenants.jwt, token)).isEqualTo("wrong_algorithm");
    assertThat(who(tenants.jwt, Tenants.token(other, A))).isNotNull();
  }

  @Test
  @DisplayName("JW-5 the same object stays as it is: its tokens are remembered beyond the time")
  void same() {
    CountingProvider provider = new CountingProvider();
    SigningKey counted = RemoteKeys.key("c").withProvider(provider);
    tenants.table.put(A, tenants.issuer(A, counted));
    String token = Tenants.token(counted, A);
    assertThat(who(tenants.jwt, token)).isNotNull();
    int checks = provider.verified.get();
    for (int i = 0; i < 3; i++) {
      tenants.clock.advance(Duration.ofMinutes(5));
      assertThat(who(tenants.jwt, token)).isNotNull();
    }
    assertThat(tenants.asked).hasSize(4);
    assertThat(provider.verified).hasValue(checks);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "a.example",
        "accounts.google.com",
        "http://a.example",
        "http://10.0.0.1",
        "ftp://a.example",
        "https://",
        "https:///a",
        "https://a.example?x",
        "https://a.example#x",
        "https://u@a.example",
        "https://u:p@a.example",
        "https://a.example/ b",
        "https://a.example/\\n",
        "https://a.example/é",
        "https://a.example/{x}",
        "javascript:alert(1)",
        "' or 1=1 --"
      })
  @DisplayName("JW-5 an iss that is no URL of an issuer never reaches the host's function")
  void implausible(String issuer) {
    assertThat(reason(tenants.jwt, tenants.token(issuer))).isEqualTo("wrong_issuer");
    assertThat(tenants.asked).isEmpty();
  }

  @Test
  @DisplayName("JW-5 an iss of 256 characters reaches the function, one of 257 does not")
  void length() {
    String longest = "https://a.example/" + "x".repeat(238);
    assertThat(reason(tenants.jwt, tenants.token(longest))).isEqualTo("wrong_issuer");
    assertThat(reason(tenants.jwt, tenants.token(longest + "x"))).isEqualTo("wrong_issuer");
    assertThat(tenants.asked).containsExactly(longest);
    assertThat(reason(tenants.jwt, Pairs.token(tenants.key, "iss", ""))).isEqualTo("wrong_issuer");
    assertThat(reason(tenants.jwt, Pairs.token(tenants.key, "iss", "[]"))).isEqualTo("bad_claims");
    assertThat(tenants.asked).hasSize(1);
  }

  @Test
  @DisplayName("JW-5 nothing is fetched from an issuer that the function refuses")
  void noFetch() {
    try (Idp idp = new Idp()) {
      assertThat(reason(tenants.jwt, idp.token(idp.key))).isEqualTo("wrong_issuer");
      assertThat(tenants.asked).containsExactly(idp.issuer);
      assertThat(idp.asked).isEmpty();
      tenants.table.put(idp.issuer, TrustedIssuer.of(idp.verifier));
      tenants.clock.advance(Duration.ofSeconds(30));
      assertThat(who(tenants.jwt, idp.token(idp.key))).isNotNull();
      assertThat(idp.asked).hasSize(2);
    }
  }

  @Test
  @DisplayName("CH-8 a configured issuer is never looked for, nor can the function replace it")
  void configured() {
    JwtAuthenticator both =
        JwtAuthenticator.builder().trust(tenants.issuer(B, other)).trust(tenants.finder).build();
    tenants.add(B);
    assertThat(reason(both, tenants.token(B))).isEqualTo("wrong_algorithm");
    assertThat(who(both, Tenants.token(other, B)).principal().id()).isEqualTo(B + "|alice");
    assertThat(who(both, Tenants.token(other, B))).isNotNull();
    assertThat(tenants.asked).isEmpty();
    assertThat(who(both, tenants.token(A)).principal().id()).isEqualTo(A + "|alice");
    assertThat(both)
        .hasToString("JwtAuthenticator[TenantVerifier[" + B + " [" + "VerificationKey[ES256 1]]]]");
  }

  @Test
  @DisplayName("CH-8 our own issuer is never looked for: no tenant makes a user of this host")
  void own() {
    JwtSettings settings = new JwtSettings();
    RefreshFamilies families = settings.jwt(JwtSettings.OWN).families().orElseThrow();
    JwtAuthenticator both =
        JwtAuthenticator.builder().own(families).trust(tenants.finder).lookUp().build();
    tenants.add(Forge.ISSUER);
    User alice = User.builder("7", "alice").build();
    settings.users.insert(alice);
    Client client = new Client(InetAddress.getLoopbackAddress(), "");
    String ours =
        families
            .start(alice, settings.clock.instant(), client, null)
            .orElseThrow()
            .accessToken()
            .reveal();
    assertThat(who(both, ours).epoch()).isPresent();
    assertThat(reason(both, tenants.token(Forge.ISSUER))).isEqualTo("unknown_key");
    assertThat(tenants.asked).isEmpty();
    assertThat(who(both, tenants.token(A)).epoch()).isEmpty();
    RefreshFamilies inCookies =
        settings
            .jwt(JwtSettings.with(JwtSettings.OWN, "delivery", "cookie"))
            .families()
            .orElseThrow();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JwtAuthenticator.builder().own(inCookies).trust(tenants.finder).build())
        .withMessageContaining("in cookies");
  }

  @Test
  @DisplayName("CH-6, GU-2 a function that can't say is an outage: 503, an event, asked again")
  void outage() {
    tenants.before =
        () -> {
          throw new StoreUnavailableException("the table is away");
        };
    Guard guard = Guard.of(AuthenticatorChain.of(tenants.jwt));
    for (int i = 0; i < 2; i++) {
      Decision decision =
          guard.check(TestRequest.get("/").authorization("Bearer " + tenants.token(A)).build());
      assertThat(((Decision.Refuse) decision).response().status()).isEqualTo(503);
    }
    tenants.before = () -> {};
    assertThat(who(tenants.jwt, tenants.token(A))).isNotNull();
    assertThat(tenants.asked).hasSize(3);
  }

  @Test
  @DisplayName("CH-6 an outage when the time is over is an outage, not a tenant that goes on")
  void outageLater() {
    String token = tenants.token(A);
    assertThat(who(tenants.jwt, token)).isNotNull();
    tenants.before =
        () -> {
          throw new StoreUnavailableException("the table is away");
        };
    tenants.clock.advance(Duration.ofMinutes(5));
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> who(tenants.jwt, token));
  }

  @Test
  @DisplayName("CH-6 what else the function throws comes out as itself; null names the culprit")
  void faults() {
    String token = tenants.token(A);
    tenants.before =
        () -> {
          throw new UnsupportedOperationException("mine");
        };
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> who(tenants.jwt, token))
        .withMessage("mine");
    JwtAuthenticator none =
        JwtAuthenticator.builder()
            .trust(IssuerFinder.of(tenants.environment, issuer -> null))
            .build();
    assertThatNullPointerException()
        .isThrownBy(() -> who(none, token))
        .withMessageContaining("function that finds issuers");
  }

  @Test
  @DisplayName("JW-5 a function that gives another issuer, or one that accepts any, is at fault")
  void otherIssuer() {
    String token = tenants.token(A);
    JwtVerifier right = WiredIssuers.builder(tenants.environment, A, tenants.key).build();
    JwtVerifier open =
        JwtVerifier.builder(tenants.environment, VerificationKeys.of(tenants.key.verificationKey()))
            .acceptAnyIssuer()
            .audience(Forge.AUDIENCE)
            .build();
    for (TrustedIssuer wrong :
        new TrustedIssuer[] {tenants.issuer(B, tenants.key), TrustedIssuer.of(open)}) {
      JwtAuthenticator jwt =
          JwtAuthenticator.builder()
              .trust(IssuerFinder.of(tenants.environment, issuer -> Optional.of(wrong)))
              .build();
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> who(jwt, token))
          .withMessageContaining("doesn't name");
    }
    JwtAuthenticator several =
        JwtAuthenticator.builder()
            .trust(
                IssuerFinder.of(
                    tenants.environment,
                    issuer ->
                        Optional.of(
                            TrustedIssuer.of(
                                JwtVerifier.anyOf(
                                    WiredIssuers.builder(tenants.environment, B, other).build(),
                                    right)))))
            .build();
    assertThat(who(several, token)).isNotNull();
  }

  @Test
  @DisplayName("JW-5 the limits can be set within their ranges")
  void ranges() {
    IssuerFinder finder = tenants.finder;
    assertThat(finder.keptFor(Duration.ofSeconds(1)).keptFor(Duration.ofHours(1))).isNotNull();
    assertThat(finder.maxIssuers(1).maxIssuers(10_000)).isNotNull();
    for (Duration bad :
        new Duration[] {
          Duration.ZERO,
          Duration.ofMillis(999),
          Duration.ofHours(1).plusNanos(1),
          Duration.ofDays(-1)
        }) {
      assertThatIllegalArgumentException().isThrownBy(() -> finder.keptFor(bad));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> finder.maxIssuers(0));
    assertThatIllegalArgumentException().isThrownBy(() -> finder.maxIssuers(10_001));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JwtAuthenticator.builder().trust(finder).lookUp().build());
  }

  @Test
  @DisplayName("JW-5 a shorter time holds for what is refused, too")
  void shorter() {
    JwtAuthenticator jwt = tenants.with(finder -> finder.keptFor(Duration.ofSeconds(1)));
    assertThat(reason(jwt, tenants.token(B))).isEqualTo("wrong_issuer");
    tenants.add(B);
    tenants.clock.advance(Duration.ofSeconds(1));
    assertThat(who(jwt, tenants.token(B))).isNotNull();
    assertThat(tenants.events.events(AuthEvent.StoreOutage.class)).isEmpty();
  }
}
