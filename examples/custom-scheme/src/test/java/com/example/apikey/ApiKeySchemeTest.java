package com.example.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.Authenticated;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Rejected;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.scheme.ConfigurationException;
import dev.sallyport.testkit.TestRequest;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ApiKeySchemeTest {
  private static final String KEY = ApiKeys.generate(new SecureRandom());
  private static final String ROBOT = "robot:" + ApiKeys.hash(KEY);

  private static AuthenticatorChain chain(String keys) {
    return AuthConfiguration.builder(Map.of("auth.chain", "api-key", "auth.api-key.keys", keys))
        .build()
        .chain();
  }

  @Test
  @DisplayName("SP-1 a chain of settings takes the key of a client")
  void takesKey() {
    assertThat(chain(ROBOT).authenticate(TestRequest.get("/").header("X-Api-Key", KEY).build()))
        .isInstanceOfSatisfying(
            Authenticated.class,
            who -> {
              assertThat(who.principal().name()).isEqualTo("robot");
              assertThat(who.principal().id()).isEqualTo("api-key:robot");
              assertThat(who.epoch()).isEmpty();
            });
  }

  @Test
  @DisplayName("CH-7 an unknown key is 401 with the challenge of the scheme")
  void refusesUnknownKey() {
    String unknown = ApiKeys.generate(new SecureRandom());
    AuthenticatorChain chain = chain(ROBOT);
    var request = TestRequest.get("/").header("X-Api-Key", unknown).build();
    assertThat(chain.authenticate(request)).isInstanceOf(Rejected.class);
    assertThat(Guard.of(chain).check(request))
        .isInstanceOfSatisfying(
            Decision.Refuse.class,
            refuse -> {
              assertThat(refuse.response().status()).isEqualTo(401);
              assertThat(refuse.response().header("WWW-Authenticate"))
                  .contains("ApiKey realm=\"api\"");
            });
  }

  @Test
  @DisplayName("SP-2 a client or a hash that appears twice is refused at start")
  void refusesDuplicates() {
    String other = "robot:" + "0".repeat(64);
    assertThatThrownBy(() -> chain(ROBOT + ", " + other))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("auth.api-key.keys");
    assertThatThrownBy(() -> chain(ROBOT + ", second:" + ApiKeys.hash(KEY)))
        .isInstanceOf(ConfigurationException.class)
        .message()
        .doesNotContain(ApiKeys.hash(KEY));
  }
}
