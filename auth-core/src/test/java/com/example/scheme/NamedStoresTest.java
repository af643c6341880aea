package com.example.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.scheme.ConfigurationException;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stores that settings name. */
class NamedStoresTest {
  private final TokenStore tokens = TokenStore.inMemory();
  private final ThrottleStore counts = ThrottleStore.inMemory();

  @AfterEach
  void nothingIsLeftOpen() {
    assertThat(ShedStores.OPEN).hasValue(0);
  }

  private AuthConfiguration.Builder configured(String... pairs) {
    return KnockScheme.configured(pairs)
        .with(CredentialStore.class, CredentialStore.inMemory())
        .with(TokenStore.class, tokens)
        .with(AuthEnvironment.class, AuthEnvironment.standard().withCounts(counts));
  }

  @Test
  @DisplayName("SP-1 stores that settings name replace those of the code, until they are closed")
  void named() {
    try (AuthConfiguration auth = configured("auth.shed.place", "garden").build()) {
      assertThat(ShedStores.OPEN).hasValue(1);
      assertThat(auth.auth().tokens()).isSameAs(ShedStores.TOKENS);
      assertThat(auth.environment().counts()).isSameAs(ShedStores.COUNTS);
      assertThat(auth.auth().environment().counts()).isSameAs(ShedStores.COUNTS);
    }
  }

  @Test
  @DisplayName("SP-3 if settings name none, those of the code stay, and are not closed")
  void notNamed() {
    try (AuthConfiguration auth = configured("auth.shed.place", "").build()) {
      assertThat(auth.auth().tokens()).isSameAs(tokens);
      assertThat(auth.environment().counts()).isSameAs(counts);
    }
    AuthConfiguration unset = configured().build();
    assertThat(unset.auth().tokens()).isSameAs(tokens);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "odd, It contradicts itself",
    "wet, It is wet",
    "far, It can't be reached",
    "2far, (its value is not shown) is not allowed; allowed: a word"
  })
  @DisplayName("SP-2 stores that can't be opened are a fault that names the key, beside all others")
  void refused(String place, String why) {
    assertThatThrownBy(configured("auth.shed.place", place, "auth.passwords.cost", "4")::build)
        .asInstanceOf(InstanceOfAssertFactories.type(ConfigurationException.class))
        .extracting(ConfigurationException::faults, InstanceOfAssertFactories.LIST)
        .containsExactlyInAnyOrder(
            "auth.shed.place: " + why,
            "auth.passwords.cost: '4' is not allowed; allowed: 10 to 16");
  }

  @Test
  @DisplayName("SP-2 where something else is wrong, stores that were opened are closed")
  void closedAfterFaults() {
    assertThatThrownBy(
            configured("auth.shed.place", "garden", "auth.chain", "knock, kerberos")::build)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("kerberos");
    assertThatThrownBy(
            configured("auth.shed.place", "garden")
                    .passwords(
                        options -> {
                          throw new UnsupportedOperationException();
                        })
                ::build)
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  @DisplayName("SP-2 the keys of stores are among those that can be asked for")
  void known() {
    assertThat(AuthConfiguration.knownSettings()).containsKey("auth.shed.place");
  }
}
