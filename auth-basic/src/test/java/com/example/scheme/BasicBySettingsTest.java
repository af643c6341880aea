package com.example.scheme;

import static dev.sallyport.testkit.AuthResultAssert.assertThatResult;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Reason;
import dev.sallyport.account.Accounts;
import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.password.Password;
import dev.sallyport.password.Passwords;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.scheme.ConfigurationException;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.testkit.TestRequest;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BasicBySettingsTest {
  private final AccountStore users = CredentialStore.inMemory();

  private AuthConfiguration build(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("auth.chain", "basic");
    return AuthConfiguration.builder(all).with(CredentialStore.class, users).build();
  }

  @Test
  @DisplayName("SP-1 a chain of basic alone needs no other module")
  void chainOfOne() {
    AuthConfiguration auth = build(Map.of("auth.passwords.cost", "10"));
    Accounts.of(users, auth.passwords()).register("alice", Password.of("correct horse"));
    assertThat(auth.chain()).hasToString("AuthenticatorChain[basic]");
    assertThatResult(
            auth.chain().authenticate(TestRequest.get("/").basic("alice", "correct horse").build()))
        .isAuthenticatedAs("alice");
  }

  @Test
  @DisplayName("SP-3 settings and code have the same defaults")
  void sameDefaults() {
    AuthRequest request = TestRequest.get("/").build();
    AuthenticatorChain code = AuthenticatorChain.of(BasicAuthenticator.of(Passwords.of(users)));
    assertThat(build(Map.of()).chain().challenges(request)).isEqualTo(code.challenges(request));
  }

  @Test
  @DisplayName("SP-1 realm, prompt, transport and origins are set by keys")
  void keys() {
    AuthenticatorChain chain =
        build(
                Map.of(
                    "auth.basic.realm", "orders \"2\"",
                    "auth.basic.prompt", "never",
                    "auth.transport", "optional-on-loopback-for-development",
                    "auth.trusted-origins", "https://app.example"))
            .chain();
    AuthRequest request = TestRequest.get("/").build();
    assertThat(chain.challenges(request).toString())
        .isEqualTo("[xBasic realm=\"orders \\\"2\\\"\", charset=\"UTF-8\"]");
    AuthRequest local =
        TestRequest.post("/")
            .insecure()
            .header("Host", "localhost:8080")
            .header("Origin", "https://app.example")
            .authorization("Basic x")
            .build();
    assertThatResult(chain.authenticate(local)).isRejected(Reason.MALFORMED);
  }

  @Test
  @DisplayName("SP-2 basic needs a CredentialStore")
  void needsStore() {
    assertThatThrownBy(AuthConfiguration.builder(Map.of("auth.chain", "basic"))::build)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("the scheme 'basic' needs a CredentialStore");
  }
}
