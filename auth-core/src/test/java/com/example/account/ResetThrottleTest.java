package com.example.account;

import static com.example.account.AccountsFixture.CLIENT;
import static com.example.account.AccountsFixture.RIGHT;
import static com.example.account.AccountsFixture.WRONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.Client;
import dev.sallyport.account.AccountResult;
import dev.sallyport.account.PasswordReset;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.password.Password;
import dev.sallyport.store.TokenKind;
import dev.sallyport.testkit.Race;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How often a code can be asked for. */
class ResetThrottleTest {
  private static final Password NEXT = Password.of("a brand new password");

  private static final Optional<Duration> ACCEPTED = Optional.empty();

  private final ResetFixture fixture = new ResetFixture();
  private final AccountsFixture base = fixture.base;

  private static Client client(int last) {
    try {
      return new Client(
          InetAddress.getByAddress(new byte[] {(byte) 198, 51, 100, (byte) last}), "");
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static Optional<Duration> throttled(Duration wait) {
    return Optional.of(wait);
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice", "nobody"})
  @DisplayName("AC-5, row 44: from the third request on a name waits, 1 minute, doubling to 1 hour")
  void account(String name) {
    List<Long> minutes = new ArrayList<>();
    assertThat(fixture.ask(name)).isEqualTo(ACCEPTED);
    assertThat(fixture.ask(name)).isEqualTo(ACCEPTED);
    for (int i = 0; i < 8; i++) {
      assertThat(ResetFixture.ask(fixture.reset, name, client(i))).isEqualTo(ACCEPTED);
      Duration wait = fixture.ask(name.toUpperCase(Locale.ROOT)).orElseThrow();
      minutes.add(wait.toMinutes());
      base.clock.advance(wait.minusMillis(1));
      assertThat(fixture.ask(name)).isEqualTo(throttled(Duration.ofMillis(1)));
      base.clock.advance(Duration.ofMillis(1));
    }
    assertThat(minutes).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
    assertThat(fixture.letters).hasSize(name.equals("alice") ? 10 : 0);
  }

  @Test
  @DisplayName("AC-5, EV-1: a request that is throttled is one event, and makes no code")
  void event() {
    for (int i = 0; i < 4; i++) {
      fixture.ask("alice");
    }
    assertThat(fixture.letters).hasSize(3);
    assertThat(base.heard.events(AuthEvent.Throttled.class))
        .containsExactly(
            new AuthEvent.Throttled(
                base.clock.instant(), "password_reset", "alice", CLIENT.address()));
    assertThat(base.heard.events()).hasSize(4);
  }

  @Test
  @DisplayName("AC-5: a code stays good while further requests are throttled")
  void codeStays() {
    for (int i = 0; i < 10; i++) {
      fixture.ask("alice");
    }
    assertThat(fixture.reset.redeem(fixture.last().code(), WRONG, AccountsFixture.CLIENT))
        .isInstanceOf(AccountResult.Done.class);
  }

  @Test
  @DisplayName("AC-5: an address has 20 requests in an hour, whatever the names")
  void address() {
    for (int i = 0; i < 20; i++) {
      assertThat(fixture.ask("user" + i)).isEqualTo(ACCEPTED);
    }
    assertThat(fixture.ask("alice")).isEqualTo(throttled(Duration.ofHours(1)));
    assertThat(ResetFixture.ask(fixture.reset, "alice", client(1))).isEqualTo(ACCEPTED);
    base.clock.advance(Duration.ofHours(1).minusMillis(1));
    assertThat(fixture.ask("alice")).isEqualTo(throttled(Duration.ofMillis(1)));
    base.clock.advance(Duration.ofMillis(1));
    assertThat(fixture.ask("alice")).isEqualTo(ACCEPTED);
  }

  @RepeatedTest(10)
  @DisplayName(
      "AC-5, row 42: of 50 requests at once for one name at most three make codes, which are good")
  void parallel() {
    List<Optional<Duration>> answers =
        Race.of(50, i -> ResetFixture.ask(fixture.reset, "alice", client(i)));
    assertThat(answers.stream().filter(ACCEPTED::equals).count()).isBetween(1L, 3L);
    assertThat(fixture.letters).hasSizeBetween(1, 3);
    long good =
        fixture.letters.stream()
            .filter(letter -> base.isKept(TokenKind.RESET, letter.code()))
            .count();
    assertThat(good).isEqualTo(fixture.letters.size());
  }

  @Test
  @DisplayName(
      "AC-5, TH-3: whoever asks for resets throttles nobody's login, in one store of counts")
  void loginsAreFree() {
    for (int i = 0; i < 200; i++) {
      ResetFixture.ask(fixture.reset, "alice", i % 2 == 0 ? CLIENT : client(i));
    }
    assertThat(fixture.ask("alice")).isPresent();
    assertThat(base.logsIn(RIGHT)).isTrue();
    assertThat(base.logsIn(WRONG)).isFalse();
    assertThat(base.logsIn(RIGHT)).isTrue();
  }

  @Test
  @DisplayName("AC-5: whoever guesses passwords keeps nobody from asking for a reset")
  void resetsAreFree() {
    for (int i = 0; i < 300; i++) {
      base.accounts.verify("alice", WRONG, i % 2 == 0 ? CLIENT : client(i));
    }
    assertThat(base.logsIn(RIGHT)).isFalse();
    assertThat(fixture.ask("alice")).isEqualTo(ACCEPTED);
  }

  @Test
  @DisplayName("AC-5, TH-3: strangers who ask keep nobody from a code who has logged in before")
  void knownAddress() {
    assertThat(base.logsIn(RIGHT)).isTrue();
    for (int i = 0; i < 3; i++) {
      ResetFixture.ask(fixture.reset, "alice", client(1));
    }
    assertThat(ResetFixture.ask(fixture.reset, "alice", client(2)))
        .isEqualTo(throttled(Duration.ofMinutes(1)));
    for (int i = 0; i < 3; i++) {
      assertThat(fixture.ask("alice")).isEqualTo(ACCEPTED);
    }
    assertThat(fixture.ask("alice"))
        .as("the owner's own requests are limited as well")
        .isEqualTo(throttled(Duration.ofMinutes(1)));
  }

  @Test
  @DisplayName("AC-5, TH-3: a redeemed code lets its user in where the account waits")
  void redeemedLetsIn() {
    for (int i = 0; i < 50; i++) {
      base.accounts.verify("alice", WRONG, client(i));
      base.clock.advance(Duration.ofMinutes(1));
    }
    assertThat(base.logsIn(RIGHT)).as("locked out by strangers").isFalse();
    String code = fixture.code();
    assertThat(fixture.reset.redeem(code, NEXT, CLIENT)).isInstanceOf(AccountResult.Done.class);
    for (int i = 0; i < 20; i++) {
      base.accounts.verify("alice", WRONG, client(i));
      assertThat(base.logsIn(NEXT)).isTrue();
    }
    for (int i = 0; i < 5; i++) {
      assertThat(base.logsIn(WRONG)).isFalse();
    }
    assertThat(base.logsIn(NEXT)).as("guesses from there count as ever").isFalse();
  }

  @Test
  @DisplayName("AC-5: limits can be set, and nodes that share a store count together")
  void settings() {
    PasswordReset.Builder builder =
        fixture
            .builder()
            .accountLimit(2, Duration.ofSeconds(5), Duration.ofSeconds(5))
            .addressLimit(3, Duration.ofSeconds(7));
    PasswordReset one = builder.build();
    PasswordReset another = builder.build();
    assertThat(ResetFixture.ask(one, "alice", CLIENT)).isEqualTo(ACCEPTED);
    assertThat(ResetFixture.ask(another, "alice", CLIENT)).isEqualTo(ACCEPTED);
    assertThat(ResetFixture.ask(one, "alice", CLIENT)).isEqualTo(throttled(Duration.ofSeconds(5)));
    assertThat(ResetFixture.ask(another, "bob", CLIENT)).isEqualTo(ACCEPTED);
    assertThat(ResetFixture.ask(one, "carol", CLIENT)).isEqualTo(throttled(Duration.ofSeconds(7)));
  }

  @Test
  @DisplayName("AC-5, CH-10: limits out of range and null are refused where resets are built")
  void refused() {
    PasswordReset.Delivery none = (user, code, expiresAt) -> {};
    Duration minute = Duration.ofMinutes(1);
    assertThatThrownBy(() -> fixture.builder().accountLimit(0, minute, minute).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> fixture.builder().accountLimit(3, minute, Duration.ZERO).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> fixture.builder().addressLimit(101, minute).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PasswordReset.of(null, fixture.tokens, none))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> PasswordReset.of(base.accounts, null, none))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> PasswordReset.of(base.accounts, fixture.tokens, null))
        .isInstanceOf(NullPointerException.class);
  }
}
