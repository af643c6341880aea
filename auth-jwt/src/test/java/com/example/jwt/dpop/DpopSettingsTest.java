package com.example.jwt.dpop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.dpop.DpopProof;
import dev.sallyport.jwt.dpop.DpopProofs;
import dev.sallyport.jwt.dpop.DpopRefusal;
import dev.sallyport.jwt.dpop.DpopResult;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.scheme.ConfigurationException;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.testkit.SettableClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DpopSettingsTest {
  private final SettableClock clock = SettableClock.create();

  private JwtAuthenticator own(String... more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("issuer", "https://api.example");
    settings.put("audience", "https://api.example");
    return built(settings, more);
  }

  private JwtAuthenticator built(Map<String, String> settings, String... more) {
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    Map<String, String> all = new HashMap<>(Map.of("auth.chain", "jwt"));
    settings.forEach((key, value) -> all.put("auth.jwt." + key, value));
    AuthEnvironment environment = AuthEnvironment.standard().withClock(clock);
    return (JwtAuthenticator)
        AuthConfiguration.builder(all)
            .with(AuthEnvironment.class, environment)
            .with(CredentialStore.class, CredentialStore.inMemory())
            .with(TokenStore.class, TokenStore.inMemory())
            .with(JwtKeys.class, JwtKeys.generate(environment, JwsAlgorithm.ES256))
            .build()
            .chain()
            .members()
            .get(0);
  }

  private static Optional<DpopProofs> dpop(JwtAuthenticator authenticator) {
    return authenticator.families().orElseThrow().dpop();
  }

  private DpopProofs allowed(String... more) {
    String[] all = new String[more.length + 2];
    all[0] = "dpop";
    all[1] = "allowed";
    System.arraycopy(more, 0, all, 2, more.length);
    return dpop(own(all)).orElseThrow();
  }

  /** The answer to a proof that was made some time ago. */
  private DpopResult check(DpopProofs proofs, Duration ago, String nonce) {
    String proof =
        ProofMaker.of(ProofMaker.newKey(), "GET", Desk.URL, clock.instant().minus(ago))
            .claim("nonce", nonce)
            .sign();
    return proofs.check(Desk.request(proof));
  }

  @Test
  @DisplayName("SP-1, RFC 9449 a key turns DPoP on; by default it is off")
  void choices() {
    assertThat(dpop(own())).isEmpty();
    assertThat(dpop(own("dpop", "off"))).isEmpty();
    assertThat(allowed().areRequired()).isFalse();
    assertThat(own("dpop", "allowed").authSchemes()).containsExactlyInAnyOrder("Bearer", "DPoP");
    DpopProofs required = dpop(own("dpop", "required")).orElseThrow();
    assertThat(required.areRequired()).isTrue();
    assertThat(required.newNonce()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"'', 60", "5, 5", "300, 300"})
  @DisplayName("SP-3, RFC 9449 section 11.1: a key sets how old a proof may be, to the second")
  void age(String set, int seconds) {
    DpopProofs proofs = set.isEmpty() ? allowed() : allowed("dpop-max-age", set);
    assertThat(check(proofs, Duration.ofSeconds(seconds - 1), "")).isInstanceOf(DpopProof.class);
    assertThat(check(proofs, Duration.ofSeconds(seconds), ""))
        .isEqualTo(new DpopResult.Refused(DpopRefusal.STALE));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 3600})
  @DisplayName("SP-3, RFC 9449 section 8: a key asks for nonces, and sets how long one lives")
  void nonces(int seconds) {
    DpopProofs proofs = allowed("dpop-nonces", Integer.toString(seconds));
    String nonce = proofs.newNonce().orElseThrow();
    DpopResult needed = new DpopResult.Refused(DpopRefusal.NONCE_NEEDED);
    assertThat(check(proofs, Duration.ZERO, "")).isEqualTo(needed);
    clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
    assertThat(check(proofs, Duration.ofDays(1), nonce)).isInstanceOf(DpopProof.class);
    clock.advance(Duration.ofMillis(1));
    assertThat(check(proofs, Duration.ZERO, nonce)).isEqualTo(needed);
    assertThat(allowed("dpop-nonces", "none").newNonce()).isEmpty();
  }

  @Test
  @DisplayName(
      "SP-3, RFC 9449 section 5.1: a key names the algorithms; by default all are accepted")
  void algorithms() {
    String all = "RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519";
    assertThat(allowed().algorithms()).isEqualTo(all);
    assertThat(allowed("dpop-algorithms", all.replace(" ", ",")).algorithms()).isEqualTo(all);
    DpopProofs some = allowed("dpop-algorithms", "EdDSA, ES384");
    assertThat(some.algorithms().split(" ", -1)).containsExactlyInAnyOrder("EdDSA", "ES384");
    assertThat(check(some, Duration.ZERO, ""))
        .isEqualTo(new DpopResult.Refused(DpopRefusal.WRONG_ALGORITHM));
    assertThat(check(allowed("dpop-algorithms", "ES256"), Duration.ZERO, ""))
        .isInstanceOf(DpopProof.class);
  }

  @ParameterizedTest
  @CsvSource({
    "dpop, maybe",
    "dpop-max-age, 4",
    "dpop-max-age, 301",
    "dpop-max-age, 1m",
    "dpop-nonces, 9",
    "dpop-nonces, 3601",
    "dpop-nonces, ''",
    "dpop-nonces, off",
    "dpop-algorithms, HS256",
    "dpop-algorithms, 'ES256, ML-DSA-44'",
    "dpop-algorithms, 'ES256, ES256'",
    "dpop-algorithms, es256",
    "dpop-algorithms, none",
    "dpop-algorithms, 'ES256,'",
  })
  @DisplayName("SP-2 a value out of range is refused at start, with its key and what is allowed")
  void outOfRange(String key, String value) {
    String[] settings =
        key.equals("dpop")
            ? new String[] {key, value}
            : new String[] {"dpop", "allowed", key, value};
    assertThatThrownBy(() -> own(settings))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("auth.jwt." + key + ": '" + value + "' is not allowed; allowed: ");
  }

  @Test
  @DisplayName("SP-2 DPoP contradicts cookies, and has no effect without tokens of our own")
  void contradictions() {
    assertThatThrownBy(() -> own("dpop", "allowed", "delivery", "cookie"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("dpop must be off where delivery is cookie");
    assertThat(own("dpop", "off", "delivery", "cookie").families().orElseThrow().cookies())
        .isPresent();
    Map<String, String> trusted = new HashMap<>();
    trusted.put("trusted-issuer", "https://idp.example");
    trusted.put("trusted-audience", "https://api.example");
    assertThatThrownBy(() -> built(trusted, "dpop", "allowed", "dpop-nonces", "60"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("dpop has no effect without issuer")
        .hasMessageContaining("dpop-nonces has no effect without issuer");
  }

  @Test
  @DisplayName("SP-2 details of proofs where DPoP is off, or an age beside nonces, have no effect")
  void ineffective() {
    assertThatThrownBy(
            () -> own("dpop-max-age", "60", "dpop-nonces", "60", "dpop-algorithms", "ES256"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("dpop-max-age has no effect where dpop is off")
        .hasMessageContaining("dpop-nonces has no effect where dpop is off")
        .hasMessageContaining("dpop-algorithms has no effect where dpop is off");
    assertThatThrownBy(() -> allowed("dpop-max-age", "60", "dpop-nonces", "60"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("dpop-max-age has no effect where proofs need nonces");
    assertThat(allowed("dpop-max-age", "60", "dpop-nonces", "none").newNonce()).isEmpty();
  }
}
