package com.example.account;

import static com.example.account.AccountsFixture.CLIENT;
import static com.example.account.AccountsFixture.NEXT;
import static com.example.account.AccountsFixture.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.password.WatchedStore;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.account.AccountResult;
import dev.sallyport.account.Accounts;
import dev.sallyport.account.PasswordReset;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.User;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asking for a code. */
class ResetRequestTest {
  private static final Optional<Duration> ACCEPTED = Optional.empty();

  private final ResetFixture fixture = new ResetFixture();
  private final AccountsFixture base = fixture.base;

  private TokenRecord stored(String code) {
    return fixture
        .tokens
        .find(TokenKind.RESET, SecretDigest.of(code), base.clock.instant())
        .orElseThrow();
  }

  @Test
  @DisplayName("AC-5, EV-1: a code for an hour is made and handed over, and it is one event")
  void makes() {
    User alice = base.alice();
    fixture.users.put(alice.toBuilder().epoch(7));
    assertThat(fixture.ask("ALICE")).isEqualTo(ACCEPTED);
    ResetFixture.Letter letter = fixture.last();
    assertThat(letter.user().id()).isEqualTo("1");
    assertThat(letter.code()).matches("[A-Za-z0-9_-]{43}");
    assertThat(letter.expiresAt()).isEqualTo(base.clock.instant().plus(Duration.ofHours(1)));
    TokenRecord record = stored(letter.code());
    assertThat(record.userId()).isEqualTo("1");
    assertThat(record.epoch()).isEqualTo(7);
    assertThat(record.expiresAt()).contains(letter.expiresAt());
    assertThat(record.id()).hasSize(36).isNotEqualTo(letter.code());
    assertThat(base.heard.events())
        .containsExactly(
            new AuthEvent.PasswordResetRequested(base.clock.instant(), "1", CLIENT.address()));
  }

  @Test
  @DisplayName("AC-5: a code is the 256 bits of the injected source, and each is another")
  void random() {
    SecureRandom ones =
        new SecureRandom() {
          private static final long serialVersionUID = 1L;

          @Override
          public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, (byte) 255);
          }
        };
    Accounts foreseen = base.builder(base.environment.withRandom(ones)).build();
    Set<String> codes = new HashSet<>();
    PasswordReset.of(foreseen, fixture.tokens, (user, code, expiresAt) -> codes.add(code.reveal()))
        .request("alice", CLIENT);
    assertThat(codes).containsExactly("_".repeat(42) + "8");
    for (int i = 0; i < 100; i++) {
      fixture.rest();
      codes.add(fixture.code());
    }
    assertThat(codes).hasSize(101);
  }

  @Test
  @DisplayName("AC-5: three codes are good at a time, redeeming one ends all; none is in a list")
  void threeAtATime() {
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      codes.add(fixture.code());
      base.clock.advance(Duration.ofMinutes(i == 2 ? 1 : 0));
    }
    assertThat(base.isKept(TokenKind.RESET, codes.get(0))).as("the oldest of four").isFalse();
    assertThat(fixture.tokens.list("1", TokenKind.all(), base.clock.instant())).isEmpty();
    assertThat(fixture.reset.redeem(codes.get(0), NEXT, AccountsFixture.CLIENT))
        .matches(Refusals.refusedFor(AccountResult.UNKNOWN_CODE));
    assertThat(fixture.reset.redeem(codes.get(2), NEXT, AccountsFixture.CLIENT))
        .isInstanceOf(AccountResult.Done.class);
    for (String code : codes) {
      assertThat(fixture.reset.redeem(code, NEXT, AccountsFixture.CLIENT))
          .matches(Refusals.refusedFor(AccountResult.UNKNOWN_CODE));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {600, 601, 3600})
  @DisplayName("AC-5: how long a code is good can be set; at its very end it no longer is")
  void lifetime(long seconds) {
    PasswordReset reset = fixture.builder().codeLifetime(Duration.ofSeconds(seconds)).build();
    ResetFixture.ask(reset, "alice", CLIENT);
    ResetFixture.ask(reset, "alice", CLIENT);
    List<ResetFixture.Letter> letters = fixture.letters;
    assertThat(letters.get(0).expiresAt()).isEqualTo(base.clock.instant().plusSeconds(seconds));
    base.clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
    assertThat(base.isKept(TokenKind.RESET, letters.get(0).code())).isTrue();
    base.clock.advance(Duration.ofMillis(1));
    assertThat(reset.redeem(letters.get(1).code(), NEXT, CLIENT))
        .matches(Refusals.refusedFor(AccountResult.UNKNOWN_CODE));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 599, 3601})
  @DisplayName("AC-5: a code lives 10 minutes to an hour")
  void lifetimeBounds(long seconds) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fixture.builder().codeLifetime(Duration.ofSeconds(seconds)))
        .withMessageContaining("10 minutes to 1 hour");
  }

  @Test
  @DisplayName("AC-5: nothing is kept for a name that nobody has")
  void nothingKept() {
    fixture.ask("nobody");
    assertThat(fixture.tokens).hasToString("InMemoryTokens[0 records]");
    fixture.ask("alice");
    assertThat(fixture.tokens).hasToString("InMemoryTokens[1 records]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "", "no:body", "\u0000", "NOBODY\uD800"})
  @DisplayName("AC-5: for a name that nobody has the answer is the same, and nothing is delivered")
  void unknown(String name) {
    Optional<Duration> answer = fixture.ask(name);
    assertThat(answer).isEqualTo(fixture.ask("alice")).isEqualTo(ACCEPTED);
    assertThat(fixture.letters).hasSize(1);
    assertThat(base.heard.events().get(0))
        .isEqualTo(
            new AuthEvent.AuthenticationFailed(
                base.clock.instant(), "password_reset", "unknown_user", name, CLIENT.address()));
  }

  @Test
  @DisplayName("AC-5: a name that nobody has costs each store as many questions as one that is had")
  void sameWork() {
    int reads = fixture.users.reads();
    int asked = fixture.tokens.asked();
    fixture.ask("alice");
    int readsOfUser = fixture.users.reads() - reads;
    int askedOfUser = fixture.tokens.asked() - asked;
    reads = fixture.users.reads();
    asked = fixture.tokens.asked();
    fixture.ask("nobody");
    assertThat(fixture.users.reads() - reads).isEqualTo(readsOfUser).isEqualTo(1);
    assertThat(fixture.tokens.asked() - asked).isEqualTo(askedOfUser).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice", "nobody"})
  @DisplayName("AC-5: one record is added and one changed, whether anybody has the name or not")
  void sameChanges(String name) {
    fixture.ask(name);
    assertThat(fixture.tokens.owners()).hasSize(1);
    assertThat(fixture.tokens.changed()).isEqualTo(1);
  }

  @Test
  @DisplayName("AC-5: what nobody asked for is no user's, and names that nobody has share nothing")
  void nobodyIsAlone() {
    fixture.ask("nobody");
    fixture.ask("none");
    assertThat(fixture.tokens.owners()).hasSize(2).doesNotHaveDuplicates();
    assertThat(fixture.tokens.owners()).allMatch(owner -> owner.length() == 36);
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice", "nobody"})
  @DisplayName(
      "AC-5, CH-6: where tokens can't be written, both names fail alike, and none is counted")
  void outage(String name) {
    fixture.tokens.beforeWrite(WatchedStore::beAway);
    for (int i = 0; i < 30; i++) {
      assertThatThrownBy(() -> fixture.ask(name)).isInstanceOf(StoreUnavailableException.class);
    }
    assertThat(fixture.letters).isEmpty();
    assertThat(base.heard.events())
        .hasSize(30)
        .containsOnly(
            new AuthEvent.StoreOutage(
                base.clock.instant(), "password_reset", StoreUnavailableException.class.getName()));
    fixture.tokens.beforeWrite(() -> {});
    assertThat(fixture.ask(name)).isEqualTo(ACCEPTED);
  }

  @Test
  @DisplayName("AC-5: a delivery that throws is an event of its own, and tells no difference")
  void deliveryFails() {
    PasswordReset failing =
        PasswordReset.of(
            base.accounts,
            fixture.tokens,
            (user, code, expiresAt) -> {
              throw new StoreUnavailableException("the outbox is away: " + code);
            });
    assertThat(ResetFixture.ask(failing, "alice", CLIENT)).isEqualTo(ACCEPTED);
    assertThat(base.heard.events())
        .containsExactly(
            new AuthEvent.PasswordResetRequested(base.clock.instant(), "1", CLIENT.address()),
            new AuthEvent.DeliveryFailed(
                base.clock.instant(), "1", StoreUnavailableException.class.getName()));
    assertThat(ResetFixture.ask(failing, "alice", CLIENT)).isEqualTo(ACCEPTED);
    assertThat(ResetFixture.ask(failing, "alice", CLIENT)).isEqualTo(ACCEPTED);
    assertThat(ResetFixture.ask(failing, "alice", CLIENT)).as("counted all the same").isPresent();
  }

  @Test
  @DisplayName("AC-5: the former code is good where the new one can't be delivered")
  void formerGoesOn() {
    String former = fixture.code();
    PasswordReset.of(
            base.accounts,
            fixture.tokens,
            (user, code, expiresAt) -> {
              throw new IllegalStateException("no such mailbox");
            })
        .request("alice", CLIENT);
    assertThat(fixture.reset.redeem(former, NEXT, AccountsFixture.CLIENT))
        .isInstanceOf(AccountResult.Done.class);
  }

  @Test
  @DisplayName("PW-6: the code is in no event, not even where the delivery's fault holds it")
  void hides() {
    String code = fixture.code();
    assertThat(base.heard.events().toString()).doesNotContain(code);
    assertThat(stored(code).toString() + fixture.reset).doesNotContain(code);
  }

  @Test
  @DisplayName("AC-5: whoever asks changes nothing of the account")
  void changesNothing() {
    User before = base.alice();
    fixture.ask("alice");
    assertThat(base.alice()).isSameAs(before);
    assertThat(base.logsIn(RIGHT)).isTrue();
  }
}
