package com.example.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.store.Lifetime;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.testkit.Secrets;
import dev.sallyport.testkit.TestRequest;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportTest {
  private static final String KEY = "9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b";
  private static final SecretDigest HASH = SecretDigest.of(KEY);

  private final TokenFixture fixture = new TokenFixture(Tokens.Builder::acceptImported);

  ImportTest() {
    Secrets.remember(KEY);
  }

  private Optional<String> take(NewToken wanted) {
    return fixture.tokens.importKey(fixture.alice, HASH, wanted);
  }

  private AuthResult send(String header) {
    return fixture.authenticator.authenticate(
        TestRequest.get("/").header("Authorization", header).build());
  }

  @Test
  @DisplayName("TK-6 a key of DRF's goes on working, known by its hash alone")
  void imported() {
    String id = take(NewToken.labelled("from DRF").scopes("read")).orElseThrow();
    for (String keyword : List.of("Token ", "token ", "Bearer ")) {
      assertThat(send(keyword + KEY))
          .isInstanceOfSatisfying(
              Authenticated.class,
              who -> {
                assertThat(who.principal().name()).isEqualTo("alice");
                assertThat(who.credentialId()).contains(id);
                assertThat(who.scopes().orElseThrow()).containsExactly("read");
                assertThat(who.authenticatedAt()).isEmpty();
              });
    }
    assertThat(fixture.records().get(0).label()).isEqualTo("from DRF");
    assertThat(fixture.tokens.introspect(KEY)).map(TokenRecord::id).contains(id);
    assertThat(fixture.events.events(AuthEvent.Issued.class)).hasSize(1);
    assertThat(fixture.tokens.revoke(fixture.alice.id(), id)).isTrue();
    TokenFixture.assertRefused(fixture.present(KEY), "unknown_or_expired");
  }

  @Test
  @DisplayName("TK-6 it ends when it is told to, and what is made is made as ever")
  void lifetime() {
    take(NewToken.standard().lifetime(Lifetime.of(Duration.ofDays(7))));
    fixture.clock.advance(Duration.ofDays(7).minusMillis(1));
    assertThat(fixture.present(KEY)).isInstanceOf(Authenticated.class);
    fixture.clock.advance(Duration.ofMillis(1));
    TokenFixture.assertRefused(fixture.present(KEY), "unknown_or_expired");
    assertThat(fixture.issue().token().reveal()).startsWith("sally_");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9944b09199c62bcf9418ad846dd0e4bbdfc6ee4",
        "9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b0",
        "9944B09199C62BCF9418AD846DD0E4BBDFC6EE4B",
        "9944b09199c62bcf9418ad846dd0e4bbdfc6ee4B",
        "g944b09199c62bcf9418ad846dd0e4bbdfc6ee4b",
        "9944b09199c62bcf9418ad846dd0e4bbdfc6ee4=",
        "/944b09199c62bcf9418ad846dd0e4bbdfc6ee4b",
      })
  @DisplayName("TK-6 40 digits of lower-case hex and nothing else, or no store is asked")
  void otherShapes(String other) {
    take(NewToken.standard());
    fixture.tokens.importKey(fixture.alice, SecretDigest.of(other), NewToken.standard());
    fixture.watched.forget();
    assertThat(send("Token " + other)).hasToString("NotAttempted[other_format]");
    assertThat(send("Token " + other + " ")).hasToString("Rejected[token, malformed]");
    assertThat(send("Token " + other + "\u0660")).hasToString("Rejected[token, malformed]");
    assertThat(fixture.watched.calls()).isEmpty();
  }

  @Test
  @DisplayName("TK-6 an unknown key costs one read, and reads like any other wrong token")
  void unknown() {
    fixture.watched.forget();
    TokenFixture.assertRefused(fixture.present("0".repeat(40)), "unknown_or_expired");
    assertThat(fixture.watched.calls()).containsExactly("find+user");
  }

  @Test
  @DisplayName("TK-6 off unless the builder is told so: no import, and such keys are others'")
  void off() {
    TokenFixture plain = new TokenFixture();
    assertThatThrownBy(() -> plain.tokens.importKey(plain.alice, HASH, NewToken.standard()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("acceptImported");
    plain.watched.forget();
    assertThat(plain.present(KEY)).hasToString("NotAttempted[other_format]");
    assertThat(plain.tokens.introspect(KEY)).isEmpty();
    assertThat(plain.watched.calls()).isEmpty();
  }

  @Test
  @DisplayName("TK-6 an import that is repeated changes nothing, and says so")
  void twice() {
    assertThat(take(NewToken.labelled("one"))).isPresent();
    assertThat(take(NewToken.labelled("two"))).isEmpty();
    assertThat(fixture.tokens.importKey(fixture.bob, HASH, NewToken.standard())).isEmpty();
    assertThat(fixture.records()).extracting(TokenRecord::label).containsExactly("one");
    assertThat(fixture.tokens.list(fixture.bob.id())).isEmpty();
    assertThat(fixture.events.events(AuthEvent.Issued.class)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"deactivated", "old epoch", "deleted"})
  @DisplayName("TK-6 repeated for a user who has gone meanwhile it says the same")
  void twiceForTheDead(String how) {
    take(NewToken.standard());
    switch (how) {
      case "deactivated" ->
          fixture.users.update(fixture.user(), fixture.user().toBuilder().active(false).build());
      case "old epoch" -> fixture.raise();
      default -> fixture.users.delete(fixture.user());
    }
    assertThat(take(NewToken.standard())).isEmpty();
    assertThat(fixture.present(KEY)).isNotInstanceOf(Authenticated.class);
  }

  @Test
  @DisplayName("TK-6, AC-2 of a deactivated user nothing is imported that activation would revive")
  void deactivated() {
    var gone = fixture.user().toBuilder().active(false).build();
    assertThat(fixture.tokens.importKey(gone, HASH, NewToken.standard())).isEmpty();
    assertThat(fixture.records()).isEmpty();
  }

  @Test
  @DisplayName("TK-6 of two imports of one key that race, the second is told so")
  void race() {
    List<String> first = new ArrayList<>();
    fixture.watched.before("insert", () -> first.add(take(NewToken.labelled("one")).orElseThrow()));
    assertThat(take(NewToken.labelled("two"))).isEmpty();
    assertThat(fixture.records()).extracting(TokenRecord::id).isEqualTo(first);
  }

  @Test
  @DisplayName("TK-6 one whose time is over can be imported again, or is left as it is")
  void twiceAfterItsEnd() {
    take(NewToken.standard().lifetime(Lifetime.of(Duration.ofSeconds(1))));
    fixture.clock.advance(Duration.ofSeconds(1));
    boolean taken = take(NewToken.standard()).isPresent();
    assertThat(fixture.present(KEY) instanceof Authenticated).isEqualTo(taken);
  }

  @Test
  @DisplayName("TK-6, TK-1 the limit holds for what is imported as well")
  void limit() {
    TokenFixture limited =
        new TokenFixture(
            b -> b.acceptImported().limit(new TokenLimit(1, TokenLimit.WhenFull.REFUSE_NEW)));
    limited.issue();
    assertThat(limited.tokens.importKey(limited.alice, HASH, NewToken.standard())).isEmpty();
    assertThat(limited.present(KEY)).isNotInstanceOf(Authenticated.class);
  }
}
