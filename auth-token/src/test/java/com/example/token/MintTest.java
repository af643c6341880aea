package com.example.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.account.AccountResult;
import dev.sallyport.account.Accounts;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.event.AuthListener;
import dev.sallyport.password.Password;
import dev.sallyport.store.User;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenResult.Issued;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MintTest {
  private static final NewToken WANTED = NewToken.labelled("first").scopes("read");

  private final TokenFixture fixture = new TokenFixture();
  private final RecordingListener heard = new RecordingListener();
  private final List<Issued> delivered = new ArrayList<>();

  private Accounts accounts(BiConsumer<User, Issued> delivery) {
    return Accounts.builder(fixture.users, fixture.passwords)
        .tokens(fixture.watched)
        .onSignUp(AuthListener.all(fixture.tokens.mintForNewUsers(WANTED, delivery), heard))
        .build();
  }

  private void deliver(User user, Issued issued) {
    TokenFixture.remembered(issued);
    assertThat(issued.record().userId()).isEqualTo(user.id());
    delivered.add(issued);
  }

  @Test
  @DisplayName("TK-5 whoever signs up gets a token, which works, and is as it was wanted")
  void minted() {
    AccountResult result = accounts(this::deliver).register("carol", TokenFixture.PASSWORD);
    User carol = ((AccountResult.Done) result).user();
    Issued issued = delivered.get(0);
    assertThat(delivered).hasSize(1);
    assertThat(fixture.who(issued).principal()).isEqualTo(carol.principal());
    assertThat(issued.record().label()).isEqualTo("first");
    assertThat(fixture.who(issued).scopes().orElseThrow()).containsExactly("read");
    assertThat(fixture.who(issued).authenticatedAt()).as("nobody has proved anything").isEmpty();
    assertThat(fixture.tokens.list(carol.id())).hasSize(1);
    assertThat(fixture.events.events(AuthEvent.Issued.class)).hasSize(1);
  }

  @Test
  @DisplayName("TK-5 who doesn't sign up gets none: taken, invalid, and whatever else happens")
  void notMinted() {
    Accounts accounts = accounts(this::deliver);
    accounts.register("alice", TokenFixture.PASSWORD);
    accounts.register("carol", Password.of("short"));
    accounts.verify("alice", TokenFixture.PASSWORD, TokenFixture.CLIENT);
    accounts.logOutEverywhere(fixture.alice.id(), null);
    accounts.deactivate(fixture.alice.id());
    accounts.activate(fixture.alice.id());
    assertThat(heard.events()).isEmpty();
    assertThat(delivered).isEmpty();
    assertThat(fixture.events.events()).isEmpty();
  }

  @Test
  @DisplayName("TK-5, EV-1 a delivery that throws harms no registration, and tells the log nothing")
  void throwingDelivery() {
    Accounts accounts =
        accounts(
            (user, issued) -> {
              deliver(user, issued);
              throw new IllegalStateException("no mail for " + issued.token().reveal());
            });
    assertThat(accounts.register("carol", TokenFixture.PASSWORD))
        .isInstanceOf(AccountResult.Done.class);
    assertThat(heard.events(AuthEvent.Registered.class)).hasSize(1);
    assertThat(accounts.verify("carol", TokenFixture.PASSWORD, TokenFixture.CLIENT))
        .isInstanceOf(dev.sallyport.password.PasswordResult.Verified.class);
    assertThat(fixture.isLive(delivered.get(0))).isTrue();
  }

  @Test
  @DisplayName("TK-5, CH-6 where the token store is away the user has signed up all the same")
  void outage() {
    fixture.watched.down("insert");
    assertThat(accounts(this::deliver).register("carol", TokenFixture.PASSWORD))
        .isInstanceOf(AccountResult.Done.class);
    assertThat(heard.events(AuthEvent.Registered.class)).hasSize(1);
    assertThat(delivered).isEmpty();
    assertThat(fixture.events.events(AuthEvent.Issued.class)).isEmpty();
  }
}
