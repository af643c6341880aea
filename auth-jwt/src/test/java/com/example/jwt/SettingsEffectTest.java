package com.example.jwt;

import static com.example.jwt.JwtSettings.OWN;
import static com.example.jwt.JwtSettings.settings;
import static com.example.jwt.JwtSettings.with;
import static com.example.jwt.WiredIssuers.who;
import static dev.sallyport.testkit.AuthResultAssert.assertThatResult;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Client;
import dev.sallyport.SetCookie;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.jwt.refresh.RefreshFamilies;
import dev.sallyport.jwt.refresh.RefreshResult;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.jwt.token.VerifiedJwt;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import dev.sallyport.testkit.TestRequest;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What only shows in use. */
class SettingsEffectTest {
  private final JwtSettings settings = new JwtSettings();
  private final User alice = User.builder("7", "alice").build();

  SettingsEffectTest() {
    settings.users.insert(alice);
  }

  private TokenPair login(JwtAuthenticator by) {
    return by.families()
        .orElseThrow()
        .start(
            alice, settings.clock.instant(), new Client(InetAddress.getLoopbackAddress(), ""), null)
        .orElseThrow();
  }

  private JwtAuthenticator only(AuthConfiguration auth) {
    return (JwtAuthenticator) auth.chain().members().get(0);
  }

  @Test
  @DisplayName("SP-1, JW-7 the grace is set by a key: at 0 a token that was used is theft at once")
  void grace() {
    for (String grace : new String[] {"0", "10"}) {
      JwtAuthenticator by = settings.jwt(with(OWN, "grace", grace));
      RefreshFamilies families = by.families().orElseThrow();
      String first = login(by).refreshToken().reveal();
      assertThat(families.refresh(first)).isInstanceOf(RefreshResult.Refreshed.class);
      RefreshResult again = families.refresh(first);
      assertThat(again instanceof RefreshResult.Refreshed).isEqualTo(grace.equals("10"));
    }
  }

  private AuthConfiguration.Builder builder(JwtKeys keys, Map<String, String> all) {
    return AuthConfiguration.builder(all)
        .with(AuthEnvironment.class, AuthEnvironment.standard().withClock(settings.clock))
        .with(CredentialStore.class, settings.users)
        .with(TokenStore.class, settings.tokens)
        .with(JwtKeys.class, keys);
  }

  @Test
  @DisplayName("SP-1, JW-3 how many tokens are remembered is set by a key; 0 is none")
  void remember() {
    for (String entries : new String[] {"0", "5"}) {
      CountingProvider provider = new CountingProvider();
      JwtKeys keys =
          JwtKeys.of(
              SigningKeySet.of(Pairs.key(JwsAlgorithm.ES256).withProvider(provider)),
              settings.keys.refresh());
      JwtAuthenticator by = only(builder(keys, settings(with(OWN, "remember", entries))).build());
      String token = login(by).accessToken().reveal();
      int before = provider.verified.get();
      for (int i = 0; i < 3; i++) {
        who(by, token);
      }
      assertThat(provider.verified.get() - before).isEqualTo(entries.equals("0") ? 3 : 1);
    }
  }

  @Test
  @DisplayName("CH-11, SP-1 ids come from the source of randomness that is given")
  void random() {
    JwtAuthenticator by =
        only(
            builder(settings.keys, settings(OWN))
                .with(
                    AuthEnvironment.class,
                    AuthEnvironment.standard().withClock(settings.clock).withRandom(new Zeros()))
                .build());
    TokenPair pair = login(by);
    VerifiedJwt jwt =
        (VerifiedJwt)
            by.families()
                .orElseThrow()
                .issuer()
                .verifier()
                .build()
                .verify(pair.accessToken().reveal());
    assertThat(jwt.id()).contains("A".repeat(16));
    assertThat(pair.family().id()).matches("A+");
  }

  private static final class Zeros extends SecureRandom {
    private static final long serialVersionUID = 1L;

    @Override
    public void nextBytes(byte[] target) {
      Arrays.fill(target, (byte) 0);
    }
  }

  @Test
  @DisplayName("SP-1, JW-11, GU-5 transport and origins are general settings, and hold for cookies")
  void transportAndOrigins() {
    Map<String, String> all = settings(with(OWN, "delivery", "cookie"));
    all.put("auth.transport", "optional-on-loopback-for-development");
    all.put("auth.trusted-origins", "https://app.example");
    JwtAuthenticator by = only(settings.build(all));
    SetCookie access = login(by).cookies().get(0);
    TestRequest request =
        TestRequest.post("/")
            .cookie(access.name(), access.value())
            .insecure()
            .header("Host", "localhost")
            .header("Origin", "https://app.example");
    assertThatResult(by.authenticate(request.build())).isAuthenticatedAs("alice");
  }
}
