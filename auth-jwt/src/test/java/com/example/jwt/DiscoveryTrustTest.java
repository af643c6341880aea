package com.example.jwt;

import static com.example.jwt.Forge.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.jwt.key.RemoteKeySet;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.token.JwtRefusal;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Metadata leads to the keys of the configured issuer, or nowhere. */
class DiscoveryTrustTest {
  private final Idp idp = new Idp();
  private final SigningKey second = RemoteKeys.key("2");

  @AfterEach
  void stop() {
    idp.close();
  }

  private Throwable outage() {
    String token = idp.token(idp.key);
    Throwable[] thrown = new Throwable[1];
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> idp.verifier.verify(token))
        .satisfies(e -> thrown[0] = e.getCause());
    return thrown[0];
  }

  private List<AuthEvent.StoreOutage> outages() {
    return idp.events.events(AuthEvent.StoreOutage.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s/",
        "%sb",
        "%s/realms/a",
        "http://127.0.0.1/realms/a",
        "https://evil.example",
        "",
        " %s"
      })
  @DisplayName("OIDC Discovery 4.3 metadata of another issuer, by a letter or a slash: no keys")
  void otherIssuer(String other) {
    idp.metadata = Idp.metadata(other.formatted(idp.issuer), idp.url("/keys"));
    assertThat(outage()).hasMessageContaining("another issuer than the configured one");
    assertThat(idp.asked).containsExactly(Idp.METADATA);
    assertThat(outages()).extracting("during").containsExactly("key_set");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "7", "[\"%s\"]", "{}"})
  @DisplayName("OIDC Discovery 4.3 an issuer that is no text is another one")
  void noIssuer(String value) {
    idp.metadata =
        "{\"issuer\":"
            + value.formatted(idp.issuer)
            + ",\"jwks_uri\":\""
            + idp.url("/keys")
            + "\"}";
    assertThat(outage()).hasMessageContaining("another issuer");
    assertThat(idp.asked).containsExactly(Idp.METADATA);
  }

  @Test
  @DisplayName("JW-5 Entra ID's common endpoint, whose issuer is a placeholder, is refused by name")
  void placeholder() {
    idp.metadata =
        Idp.metadata("https://login.microsoftonline.com/{tenantid}/v2.0", idp.url("/keys"));
    assertThat(outage())
        .hasMessageContaining("placeholder")
        .hasMessageContaining("Entra ID")
        .hasMessageContaining("each tenant by its own issuer");
    assertThat(idp.asked).containsExactly(Idp.METADATA);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"http://hunter22.example/keys\"",
        "\"ftp://hunter22.example/keys\"",
        "\"file:///etc/hunter22\"",
        "\"https://a:hunter22@idp.example/keys\"",
        "\"/hunter22\"",
        "\"https://hunter22 .example/\"",
        "\"http://127.0.0.1.hunter22.example/\"",
        "\"http://169.254.169.254/hunter22\"",
        "[\"https://hunter22.example\"]",
        "null",
        "\"\""
      })
  @DisplayName("JW-5, PW-6 a jwks_uri that is not https is followed nowhere, and not quoted")
  void badLocation(String keys) {
    idp.metadata = "{\"issuer\":\"" + idp.issuer + "\",\"jwks_uri\":" + keys + "}";
    Throwable fault = outage();
    assertThat(fault).hasMessageContaining("no jwks_uri that is an https URL");
    assertThat(fault.getMessage()).doesNotContain("hunter22");
    assertThat(fault.getCause()).isNull();
    assertThat(idp.asked).containsExactly(Idp.METADATA);
  }

  @Test
  @DisplayName("JW-5 an issuer elsewhere can't send us to a plain service of this machine")
  void loopback() {
    String remote = "https://idp.example";
    FakeWeb web = new FakeWeb();
    web.put(remote + "/.well-known/openid-configuration", Idp.metadata(remote, idp.url("/keys")));
    JwtVerifier verifier = remote(web, remote);
    String token = idp.token(idp.key, "iss", Forge.quoted(remote));
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> verifier.verify(token))
        .havingCause()
        .withMessageContaining("no jwks_uri that is an https URL");
    assertThat(idp.asked).isEmpty();
    assertThat(web.asked()).hasSize(1);
    web.put(
        remote + "/.well-known/openid-configuration",
        Idp.metadata(remote, "https://keys.example/a"));
    web.put("https://keys.example/a", Idp.set(idp.key));
    idp.clock.advance(Duration.ofSeconds(5));
    assertThat(verifier.verify(token)).isInstanceOf(VerifiedJwt.class);
    assertThat(web.asked()).last().isEqualTo("https://keys.example/a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1:8443/keys",
        "https://169.254.169.254/keys",
        "https://10.0.0.5/keys",
        "https://[::1]/keys",
        "https://[fd00::1]/keys",
        "https://LOCALHOST/keys",
        "https://idp.localhost./keys"
      })
  @DisplayName("JW-5, row 106 an issuer elsewhere can't send us to an address in our network")
  void address(String keys) {
    String remote = "https://idp.example";
    FakeWeb web = new FakeWeb();
    web.put(remote + "/.well-known/openid-configuration", Idp.metadata(remote, keys));
    web.put(keys, Idp.set(idp.key));
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(
            () -> remote(web, remote).verify(idp.token(idp.key, "iss", Forge.quoted(remote))))
        .havingCause()
        .withMessageContaining("with a name as its host");
    assertThat(web.asked()).hasSize(1);
  }

  @Test
  @DisplayName(
      "JW-5, row 106 an issuer that is itself an address in our network has its keys there")
  void ownAddress() {
    String issuer = "https://10.0.0.5:8443/realms/a";
    FakeWeb web = new FakeWeb();
    web.put(
        issuer + "/.well-known/openid-configuration",
        Idp.metadata(issuer, "https://10.0.0.5:8443/keys"));
    web.put("https://10.0.0.5:8443/keys", Idp.set(idp.key));
    assertThat(remote(web, issuer).verify(idp.token(idp.key, "iss", Forge.quoted(issuer))))
        .isInstanceOf(VerifiedJwt.class);
  }

  private JwtVerifier remote(FakeWeb web, String issuer) {
    RemoteKeySet keys = RemoteKeySet.discovering(idp.environment, issuer).client(web).build();
    return JwtVerifier.builder(keys).issuer(issuer).audience(Forge.AUDIENCE).build();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("JW-5 metadata that is bad later changes nothing: the last good location is used")
  void badLater(boolean hostile) {
    assertThat(idp.verifier.verify(idp.token(idp.key))).isInstanceOf(VerifiedJwt.class);
    SigningKey evil = RemoteKeys.key("evil");
    KeyServer elsewhere = KeyServer.start();
    elsewhere.publish(evil.verificationKey());
    idp.status = hostile ? 200 : 503;
    idp.metadata = Idp.metadata("https://evil.example", elsewhere.uri().toString());
    idp.clock.advance(Duration.ofSeconds(30));
    assertThat(refusal(idp.verifier.verify(idp.token(evil)))).isEqualTo(JwtRefusal.UNKNOWN_KEY);
    assertThat(elsewhere.hits()).isZero();
    assertThat(outages()).extracting("during").containsExactly("issuer_metadata");
    idp.keys = Idp.set(second);
    idp.clock.advance(Duration.ofSeconds(30));
    assertThat(idp.verifier.verify(idp.token(second))).isInstanceOf(VerifiedJwt.class);
    assertThat(refusal(idp.verifier.verify(idp.token(idp.key)))).isEqualTo(JwtRefusal.UNKNOWN_KEY);
    elsewhere.stop();
  }

  @Test
  @DisplayName("JW-5 keys are an outage 24 h after the last good metadata, however good they are")
  void day() {
    assertThat(idp.verifier.verify(idp.token(idp.key))).isInstanceOf(VerifiedJwt.class);
    idp.status = 500;
    for (int hours = 0; hours < 23; hours++) {
      idp.clock.advance(Duration.ofHours(1));
      String unknown = idp.token(second); // waits for what was begun in the background
      assertThat(refusal(idp.verifier.verify(unknown))).isEqualTo(JwtRefusal.UNKNOWN_KEY);
      assertThat(idp.verifier.verify(idp.token(idp.key))).isInstanceOf(VerifiedJwt.class);
    }
    assertThat(idp.asked).hasSize(48).endsWith(Idp.METADATA, "/keys");
    idp.clock.advance(Duration.ofHours(1).minusMillis(1));
    assertThat(idp.verifier.verify(idp.token(idp.key))).isInstanceOf(VerifiedJwt.class);
    idp.clock.advance(Duration.ofMillis(1));
    outage();
    idp.status = 200;
    idp.clock.advance(Duration.ofSeconds(5));
    assertThat(idp.verifier.verify(idp.token(idp.key))).isInstanceOf(VerifiedJwt.class);
  }

  @Test
  @DisplayName("JW-5 a location without keys is an outage; the metadata is asked again after 5 s")
  void gone() {
    String good = idp.metadata;
    idp.metadata = Idp.metadata(idp.issuer, idp.url("/gone"));
    assertThat(outage()).hasMessage("status 404 from " + idp.url("/gone"));
    outage();
    assertThat(idp.asked).hasSize(2);
    idp.metadata = good;
    idp.clock.advance(Duration.ofSeconds(5));
    assertThat(idp.verifier.verify(idp.token(idp.key))).isInstanceOf(VerifiedJwt.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "accounts.google.com",
        "http://idp.example",
        "http://127.0.0.1.evil.example",
        "https://idp.example?a=hunter22",
        "https://idp.example#hunter22",
        "https://a:hunter22@idp.example",
        "https://idp.example/hunter22 ",
        "https://idp.example/{hunter22}",
        "https://idp.example/hunter22é",
        "https://",
        "file:///etc/hunter22"
      })
  @DisplayName("RFC 8414 section 2 what is no URL of an issuer is refused when it is configured")
  void urls(String issuer) {
    AuthEnvironment environment = AuthEnvironment.standard();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JwtVerifier.discovering(environment, issuer))
        .withMessageContaining("must be an https URL")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter22"));
  }

  @Test
  @DisplayName("JW-5 an issuer's URL has up to 256 characters")
  void length() {
    String longest = "https://idp.example/" + "a".repeat(236);
    AuthEnvironment environment = AuthEnvironment.standard();
    assertThat(RemoteKeySet.discovering(environment, longest).build()).isNotNull();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RemoteKeySet.discovering(environment, longest + "a"));
  }
}
