package com.example.jdbc;

import static com.example.jdbc.Samples.NOW;
import static com.example.jdbc.Samples.session;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.sallyport.AuthRequest;
import dev.sallyport.jdbc.JdbcStores;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.SessionResult;
import dev.sallyport.session.Sessions;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenLimit.WhenFull;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.TokenStore.Insertion;
import dev.sallyport.store.User;
import dev.sallyport.testkit.Race;
import dev.sallyport.testkit.TestRequest;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenResult;
import dev.sallyport.token.Tokens;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two hosts with a pool each add records to one database. */
class SharedLimitsTest {
  private static final Set<TokenKind> SESSIONS = Set.of(TokenKind.SESSION);
  private static final int THREADS = 50;
  private static final int MAX = 5;

  @ParameterizedTest(name = "{0}")
  @EnumSource(Databases.class)
  @DisplayName("ST-2 Of 50 at once on two nodes, exactly 5 are added where 5 may be")
  void refuses(Databases database) {
    try (HikariDataSource pool = Databases.pool(database.emptiedUrl())) {
      List<TokenStore> nodes = nodes(database, pool);
      TokenLimit limit = new TokenLimit(MAX, WhenFull.REFUSE_NEW);
      List<Insertion> insertions =
          Race.of(THREADS, i -> nodes.get(i % 2).insert(session("u").build(), limit, NOW));
      assertThat(insertions).filteredOn(Insertion.Done.class::isInstance).hasSize(MAX);
      assertThat(nodes.get(0).list("u", SESSIONS, NOW)).hasSize(MAX);
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Databases.class)
  @DisplayName("ST-2 Of 50 at once on two nodes, 45 make room, each told of once")
  void removesOldest(Databases database) {
    try (HikariDataSource pool = Databases.pool(database.emptiedUrl())) {
      List<TokenStore> nodes = nodes(database, pool);
      TokenLimit limit = new TokenLimit(MAX, WhenFull.REMOVE_OLDEST);
      List<Insertion> insertions =
          Race.of(THREADS, i -> nodes.get(i % 2).insert(session("u").build(), limit, NOW));
      List<String> removed =
          insertions.stream().flatMap(i -> ((Insertion.Done) i).removed().stream()).toList();
      List<String> left =
          nodes.get(1).list("u", SESSIONS, NOW).stream().map(TokenRecord::id).toList();
      assertThat(removed).hasSize(THREADS - MAX).doesNotHaveDuplicates();
      assertThat(left).hasSize(MAX).doesNotContainAnyElementsOf(removed);
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Databases.class)
  @DisplayName(
      "SE-6, TK-1 By default a user has 100 tokens and 100 sessions, on two nodes together")
  void byDefault(Databases database) {
    try (HikariDataSource pool = Databases.pool(database.emptiedUrl())) {
      JdbcStores first = Databases.patient(database.emptied());
      JdbcStores second = Databases.patient(pool);
      User user = User.builder("u", "u").build();
      first.accounts().insert(user);
      for (TokenKind kind : List.of(TokenKind.TOKEN, TokenKind.SESSION)) {
        for (int i = 0; i < 90; i++) {
          String id = kind.text() + i;
          TokenRecord record =
              TokenRecord.builder(kind, Samples.key(id), id, "u", Instant.now()).build();
          first.tokens().insert(record, TokenLimit.NONE, Instant.now());
        }
      }
      List<Tokens> tokens =
          List.of(
              Tokens.of(Sallyport.of(first.accounts(), first.tokens())),
              Tokens.of(Sallyport.of(second.accounts(), second.tokens())));
      List<TokenResult> made =
          Race.of(THREADS, i -> tokens.get(i % 2).issue(user, NewToken.standard()));
      assertThat(made).filteredOn(TokenResult.Issued.class::isInstance).hasSize(10);
      assertThat(tokens.get(0).list("u")).hasSize(100);

      List<Sessions> sessions =
          List.of(
              Sessions.of(Sallyport.of(first.accounts(), first.tokens())),
              Sessions.of(Sallyport.of(second.accounts(), second.tokens())));
      AuthRequest login = TestRequest.post("/login").build();
      List<SessionResult> started =
          Race.of(THREADS, i -> sessions.get(i % 2).start(user, Instant.now(), login, false));
      assertThat(started).allMatch(SessionResult.Started.class::isInstance);
      assertThat(first.tokens().list("u", SESSIONS, Instant.now())).hasSize(100);
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Databases.class)
  @DisplayName("ST-2 Users who share a lock have each their own limit")
  void sharesLocks(Databases database) {
    try (HikariDataSource pool = Databases.pool(database.emptiedUrl())) {
      List<TokenStore> nodes = nodes(database, pool);
      // Strings of one hash, by the two that Java's formula can't tell apart.
      List<String> users = List.of("AaAa", "AaBB", "BBAa", "BBBB");
      assertThat(users.stream().map(String::hashCode)).containsOnly("AaAa".hashCode());
      TokenLimit limit = new TokenLimit(3, WhenFull.REFUSE_NEW);
      Race.of(40, i -> nodes.get(i % 2).insert(session(users.get(i % 4)).build(), limit, NOW));
      assertThat(users).allSatisfy(user -> assertThat(count(nodes, user)).isEqualTo(3));
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Databases.class)
  @DisplayName("ST-2 Insertions, uses and removals of many users end in no deadlock")
  void mixes(Databases database) {
    try (HikariDataSource pool = Databases.pool(database.emptiedUrl())) {
      List<TokenStore> nodes = nodes(database, pool);
      TokenLimit limit = new TokenLimit(2, WhenFull.REMOVE_OLDEST);
      Race.of(
          20,
          i -> {
            TokenStore tokens = nodes.get(i % 2);
            String user = "user" + i % 7;
            for (int round = 0; round < 10; round++) {
              TokenRecord record = session(user).build();
              tokens.insert(record, limit, NOW);
              tokens.touch(record, NOW.plusSeconds(round), null);
              if (i % 5 == 0) {
                tokens.removeAll(user, TokenStore.Selection.of(SESSIONS).except(record.id()), NOW);
              } else {
                tokens.remove(record, NOW);
              }
            }
            return true;
          });
      assertThat(IntStream.range(0, 7).mapToObj(i -> count(nodes, "user" + i)))
          .allMatch(count -> count <= 2);
    }
  }

  private static List<TokenStore> nodes(Databases database, HikariDataSource pool) {
    return List.of(
        Databases.patient(database.emptied()).tokens(), Databases.patient(pool).tokens());
  }

  private static int count(List<TokenStore> nodes, String user) {
    return nodes.get(0).list(user, SESSIONS, NOW).size();
  }
}
