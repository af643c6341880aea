package com.example.jdbc;

import static com.example.jdbc.Samples.NOW;
import static com.example.jdbc.Samples.session;
import static com.example.jdbc.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.jdbc.JdbcStores;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenLimit.WhenFull;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How often the database is asked. */
class RoundTripsTest {
  @ParameterizedTest(name = "{0}")
  @EnumSource(Databases.class)
  @DisplayName("ST-4 A record and its user are read by one statement")
  void readsBothAtOnce(Databases database) throws SQLException {
    try (Watched watched = new Watched(database.emptiedUrl())) {
      JdbcStores stores = JdbcStores.of(watched.dataSource());
      TokenStore tokens = stores.tokens();
      TokenRecord record = session("u1").build();
      tokens.insert(record, TokenLimit.NONE, NOW);
      TokenRecord orphan = session("gone").build();
      tokens.insert(orphan, TokenLimit.NONE, NOW);
      stores.accounts().insert(user("u1"));
      watched.executed();

      TokenStore.Owned found = found(tokens, record, stores.accounts());
      assertThat(watched.executed()).isOne();
      assertThat(found.record().id()).isEqualTo(record.id());
      assertThat(found.user().passwordHash()).isEqualTo(user("u1").passwordHash());

      assertThat(found(tokens, orphan, stores.accounts()).user()).isNull();
      assertThat(tokens.find(TokenKind.TOKEN, record.key(), NOW, stores.accounts())).isEmpty();
      assertThat(watched.executed()).isEqualTo(2);
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Databases.class)
  @DisplayName("ST-4 Users who are kept elsewhere are asked for there, and no others are read")
  void asksOtherStores(Databases database) throws SQLException {
    try (Watched watched = new Watched(database.emptiedUrl());
        Watched others = new Watched(Databases.H2.emptiedUrl())) {
      JdbcStores stores = JdbcStores.of(watched.dataSource());
      JdbcStores other = JdbcStores.of(others.dataSource());
      AccountStore inMemory = CredentialStore.inMemory();
      TokenRecord record = session("u2").build();
      stores.tokens().insert(record, TokenLimit.NONE, NOW);
      inMemory.insert(user("u2"));
      watched.executed();
      others.executed();

      assertThat(found(stores.tokens(), record, inMemory).user()).isNotNull();
      assertThat(watched.executed()).isOne();
      assertThat(found(stores.tokens(), record, other.accounts()).user()).isNull();
      assertThat(watched.executed()).isOne();
      assertThat(others.executed()).isOne();
    }
  }

  private static TokenStore.Owned found(
      TokenStore tokens, TokenRecord record, CredentialStore users) {
    return tokens.find(record.kind(), record.key(), NOW, users).orElseThrow();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Databases.class)
  @DisplayName("ST-4 Every other operation needs few statements")
  void needsFew(Databases database) throws SQLException {
    try (Watched watched = new Watched(database.emptiedUrl())) {
      JdbcStores stores = JdbcStores.of(watched.dataSource());
      TokenStore tokens = stores.tokens();
      AccountStore users = stores.accounts();
      TokenRecord record = session("u3").build();
      TokenRecord second = session("u3").build();
      watched.executed();

      tokens.insert(record, TokenLimit.NONE, NOW);
      assertThat(watched.executed()).as("insertion").isOne();
      tokens.touch(record, NOW.plusSeconds(1), NOW.plusSeconds(9));
      assertThat(watched.executed()).as("touch").isOne();
      tokens.replace(record, record.toBuilder().label("next").build(), NOW);
      assertThat(watched.executed()).as("replacement").isOne();
      tokens.insert(second, new TokenLimit(2, WhenFull.REMOVE_OLDEST), NOW);
      assertThat(watched.executed()).as("insertion below a limit").isEqualTo(3);
      tokens.insert(session("u3").build(), new TokenLimit(2, WhenFull.REMOVE_OLDEST), NOW);
      assertThat(watched.executed()).as("insertion at a limit").isEqualTo(5);
      tokens.list("u3", Set.of(TokenKind.SESSION), NOW);
      assertThat(watched.executed()).as("list").isOne();
      tokens.remove(second, NOW);
      assertThat(watched.executed()).as("removal").isOne();
      tokens.removeAll("u3", TokenStore.Selection.of(Set.of(TokenKind.SESSION)), NOW);
      assertThat(watched.executed()).as("removal of all").isOne();
      tokens.prune(NOW, 10);
      assertThat(watched.executed()).as("purge").isOne();
      users.insert(user("u3"));
      assertThat(watched.executed()).as("new user").isOne();
      users.findByName("name of u3");
      assertThat(watched.executed()).as("look-up of a user").isOne();
      users.update(user("u3"), user("u3"));
      assertThat(watched.executed()).as("change of a user").isOne();
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Databases.class)
  @DisplayName("TH-6 A count is read by one statement and changed by one; a new one purges first")
  void counts(Databases database) throws SQLException {
    try (Watched watched = new Watched(database.emptiedUrl())) {
      ThrottleStore counts = JdbcStores.of(watched.dataSource()).counts();
      ThrottleStore.Entry entry = new ThrottleStore.Entry("1", NOW, NOW);
      ThrottleStore.Entry next = new ThrottleStore.Entry("2", NOW, NOW);
      watched.executed();

      assertThat(counts.replace("k", Optional.empty(), Optional.of(entry), Instant.now())).isTrue();
      assertThat(watched.executed()).isEqualTo(2);
      assertThat(counts.replace("k", Optional.of("1"), Optional.of(next), Instant.now())).isTrue();
      assertThat(watched.executed()).isOne();
      assertThat(counts.find("k", Instant.now())).contains("2");
      assertThat(watched.executed()).isOne();
      assertThat(counts.replace("k", Optional.of("2"), Optional.empty(), Instant.now())).isTrue();
      assertThat(watched.executed()).isOne();
    }
  }
}
