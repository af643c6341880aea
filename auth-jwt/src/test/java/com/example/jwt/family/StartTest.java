package com.example.jwt.family;

import static com.example.jwt.family.JwtFixture.ACCESS;
import static com.example.jwt.family.JwtFixture.CLIENT;
import static com.example.jwt.family.JwtFixture.MILLI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.Authenticated;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.jwt.key.Jwk;
import dev.sallyport.jwt.refresh.RefreshFamilies;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.User;
import dev.sallyport.testkit.CheapHasher;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StartTest {
  private final JwtFixture fixture = new JwtFixture();

  @Test
  @DisplayName("JW-3 the claims of an access token, and its header, to the letter")
  void claims() {
    fixture.change(user -> user.revokeAll().changePassword("another"));
    Instant proved = fixture.clock.instant().minusSeconds(90);
    TokenPair pair =
        fixture
            .first
            .families
            .start(fixture.user("id-alice"), proved, CLIENT, Set.of("notes:read"))
            .orElseThrow();
    JsonNode claims = JwtFixture.claims(pair.accessToken().reveal());
    long now = fixture.clock.instant().getEpochSecond();
    List<String> names = new ArrayList<>();
    claims.fieldNames().forEachRemaining(names::add);
    assertThat(names)
        .containsExactlyInAnyOrder(
            "iss",
            "sub",
            "aud",
            "client_id",
            "exp",
            "iat",
            "jti",
            "sid",
            "sid_exp",
            "epoch",
            "auth_time",
            "username",
            "roles",
            "scope");
    assertThat(claims.get("iss").textValue()).isEqualTo(JwtFixture.ISSUER);
    assertThat(claims.get("sub").textValue()).isEqualTo("id-alice");
    assertThat(claims.get("aud").textValue()).isEqualTo(JwtFixture.AUDIENCE);
    assertThat(claims.get("client_id").textValue()).isEqualTo(JwtFixture.ISSUER);
    assertThat(claims.get("exp").longValue()).isEqualTo(now + 300);
    assertThat(claims.get("iat").longValue()).isEqualTo(now);
    assertThat(claims.get("jti").textValue()).matches("[A-Za-z0-9_-]{16}");
    assertThat(claims.get("sid").textValue()).isEqualTo(pair.family().id());
    assertThat(claims.get("epoch").longValue()).isEqualTo(2);
    assertThat(claims.get("auth_time").longValue()).isEqualTo(now - 90);
    assertThat(claims.get("username").textValue()).isEqualTo("alice");
    assertThat(claims.get("roles").toString()).isIn(roles("editor", "reader"));
    assertThat(claims.get("scope").textValue()).isEqualTo("notes:read");
    JsonNode header = JwtFixture.header(pair.accessToken().reveal());
    assertThat(header.get("typ").textValue()).isEqualTo("at+jwt");
    assertThat(header.get("alg").textValue()).isEqualTo("ES256");
    assertThat(header.get("kid").textValue())
        .isEqualTo(Jwk.thumbprint(JwtFixture.SIGNING.verificationKey()));
  }

  private static List<String> roles(String one, String other) {
    return List.of("[\"" + one + "\",\"" + other + "\"]", "[\"" + other + "\",\"" + one + "\"]");
  }

  @Test
  @DisplayName("JW-6, JW-3 the access token says who it is, and no store is asked")
  void noLookUp() {
    fixture.change(User.Builder::revokeAll);
    TokenPair pair = fixture.start();
    fixture.first.store.forget();
    Authenticated who = (Authenticated) fixture.first.present(pair);
    assertThat(who.principal()).isEqualTo(fixture.alice.principal());
    assertThat(who.scheme()).isEqualTo("jwt");
    assertThat(who.credentialId()).contains(pair.family().id());
    assertThat(who.epoch()).hasValue(1);
    assertThat(who.authenticatedAt()).contains(fixture.clock.instant());
    assertThat(who.scopes()).isEmpty();
    assertThat(who.attributes()).isEmpty();
    assertThat(fixture.second.takes(pair)).isTrue();
    assertThat(fixture.first.store.calls()).isEmpty();
    assertThat(fixture.second.store.calls()).isEmpty();
  }

  @Test
  @DisplayName("JW-6 it lives 5 minutes: with no leeway it is expired at exactly exp")
  void lives() {
    TokenPair pair = fixture.start();
    JwtVerifier strict = fixture.first.issuer.verifier().leeway(Duration.ZERO).build();
    assertThat(pair.expiresIn()).isEqualTo(ACCESS);
    fixture.clock.advance(ACCESS.minus(MILLI));
    assertThat(strict.verify(pair.accessToken().reveal())).isInstanceOf(VerifiedJwt.class);
    fixture.clock.advance(MILLI);
    assertThat(strict.verify(pair.accessToken().reveal())).isNotInstanceOf(VerifiedJwt.class);
    fixture.clock.advance(Duration.ofSeconds(30).minus(MILLI));
    assertThat(fixture.first.takes(pair)).as("the leeway of 30 s").isTrue();
    fixture.clock.advance(MILLI);
    assertThat(fixture.first.takes(pair)).isFalse();
  }

  @Test
  @DisplayName("JW-6, ST-1 the family lives 30 days idle and 90 at most; what is kept of it")
  void family() {
    TokenPair pair = fixture.start();
    Instant now = fixture.clock.instant();
    TokenRecord kept = fixture.records().get(0);
    assertThat(kept.id()).isEqualTo(pair.family().id()).matches("[A-Za-z0-9_-]{16}");
    assertThat(kept.idleExpiresAt()).contains(now.plus(Duration.ofDays(30)));
    assertThat(kept.expiresAt()).contains(now.plus(Duration.ofDays(90)));
    assertThat(pair.refreshExpiresIn()).isEqualTo(Duration.ofDays(30));
    assertThat(kept.client()).isEqualTo("Firefox");
    assertThat(kept.authenticatedAt()).isEqualTo(now);
    assertThat(kept.rotation().orElseThrow().generation()).isZero();
    assertThat(kept.rotation().orElseThrow().keyId()).isEqualTo("first");
    assertThat(pair.cookies()).isEmpty();
    assertThat(fixture.events.events())
        .containsExactly(new AuthEvent.Issued(now, "family", kept.id(), "id-alice"));
  }

  @Test
  @DisplayName("JW-6, AC-1 a verified password starts one; the login's time is when it was proved")
  void byPassword() {
    Passwords passwords =
        Passwords.builder(
                AuthEnvironment.standard().withClock(fixture.clock).withListener(fixture.events),
                fixture.users)
            .hasher(CheapHasher.create())
            .build();
    fixture.change(
        user ->
            user.passwordHash(
                CheapHasher.create().hash(Password.of("wonderland"), new SecureRandom())));
    PasswordResult.Verified login =
        (PasswordResult.Verified) passwords.verify("alice", Password.of("wonderland"), CLIENT);
    fixture.clock.advance(Duration.ofSeconds(7));
    TokenPair pair = fixture.first.families.start(login, CLIENT).orElseThrow();
    assertThat(pair.family().authenticatedAt()).isEqualTo(login.at());
    assertThat(pair.family().createdAt()).isEqualTo(fixture.clock.instant());
  }

  @Test
  @DisplayName("AC-2 a login that races a raise of the epoch is dead on arrival")
  void deadOnArrival() {
    User read = fixture.user("id-alice");
    fixture.change(User.Builder::revokeAll);
    TokenPair pair = fixture.start(read);
    JwtFixture.assertRefused(fixture.first.refresh(pair), "old_epoch");
    assertThat(fixture.first.families.credentials().list("id-alice")).isEmpty();
    assertThatThrownBy(
            () ->
                fixture.first.families.start(
                    read.toBuilder().active(false).build(), Instant.EPOCH, CLIENT, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("JW-7, row 47 no two logins share a family, a secret or a jti")
  void unique() {
    Set<String> seen = new HashSet<>();
    RefreshFamilies families = fixture.first.families;
    for (int i = 0; i < 200; i++) {
      TokenPair pair =
          families.start(fixture.alice, fixture.clock.instant(), CLIENT, null).orElseThrow();
      Wire token = Wire.parse(pair.refreshToken().reveal());
      assertThat(seen.add(new String(token.secret(), StandardCharsets.ISO_8859_1))).isTrue();
      assertThat(seen.add(pair.family().id())).isTrue();
      assertThat(seen.add(JwtFixture.claims(pair.accessToken().reveal()).get("jti").textValue()))
          .isTrue();
    }
  }
}
