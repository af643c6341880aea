package com.example.account;

import static com.example.account.AccountsFixture.CLIENT;

import com.example.password.WatchedStore;
import dev.sallyport.Client;
import dev.sallyport.account.PasswordReset;
import dev.sallyport.store.User;
import dev.sallyport.testkit.Secrets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Resets in memory whose codes are kept in place of being sent. */
final class ResetFixture {
  /** What was to be delivered. */
  record Letter(User user, String code, Instant expiresAt) {}

  final AccountsFixture base = new AccountsFixture();
  final WatchedStore users = base.users;
  final WatchedTokens tokens = base.tokens;
  final List<Letter> letters = new CopyOnWriteArrayList<>();
  final PasswordReset reset = builder().build();

  PasswordReset.Builder builder() {
    return PasswordReset.builder(
        base.accounts,
        tokens,
        (user, code, expiresAt) -> {
          Secrets.remember(code.reveal());
          letters.add(new Letter(user, code.reveal(), expiresAt));
        });
  }

  Optional<Duration> ask(String username) {
    return ask(reset, username, CLIENT);
  }

  /** How long to wait; empty if the request is accepted. */
  static Optional<Duration> ask(PasswordReset of, String username, Client client) {
    return of.request(username, client).map(refused -> refused.retryAfter().orElseThrow());
  }

  /** Asks for alice, when she may, and tells her code. */
  String code() {
    ask("alice");
    return last().code();
  }

  Letter last() {
    return letters.get(letters.size() - 1);
  }

  /** Waits long enough for the next request, and so long that codes have ended. */
  void rest() {
    base.clock.advance(Duration.ofHours(25));
  }
}
