package com.example.jdbc;

import static com.example.jdbc.Samples.NOW;
import static com.example.jdbc.Samples.key;
import static com.example.jdbc.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.jdbc.JdbcStores;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.AccountStore.Change;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenLimit.WhenFull;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.TokenStore.Selection;
import dev.sallyport.store.User;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a client sends is data, and means nobody else. */
class HostileTextsTest {
  private static final Set<TokenKind> ALL = Set.of(TokenKind.values());
  private static final TokenLimit LIMIT = new TokenLimit(1, WhenFull.REFUSE_NEW);

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "'",
          "''",
          "\"",
          "`",
          "\\",
          "\\'",
          "\\\\'; DROP TABLE sallyport_users; -- ",
          "' OR '1'='1",
          "'; DELETE FROM sallyport_tokens; -- ",
          "/* */",
          "#",
          "%",
          "_",
          "?",
          "$1",
          "{fn NOW()}",
          "victim ",
          "victim\t",
          " victim",
          "VICTIM",
          "v\u00EDctim",
          "victim\0",
          "vic\0tim",
          "victim\uD800",
          "\uDC00victim",
          "v\u200Bictim",
          "\uFEFFvictim",
          "\uD83E\uDD8A",
          "\u0130\u0131\u00DF\uFB01\uFDFA",
          "\r\n\t\b\u001A",
          "x".repeat(255),
          "x".repeat(256),
          "\uD83E\uDD8A".repeat(127),
          "y".repeat(10_000));

  @ParameterizedTest(name = "{0}")
  @EnumSource(Databases.class)
  @DisplayName("ST-3 No text as an id or a name finds, changes or removes what is another's")
  void meansNobodyElse(Databases database) {
    JdbcStores stores = JdbcStores.of(database.emptied());
    AccountStore users = stores.accounts();
    TokenStore tokens = stores.tokens();
    User victim = User.builder("victim", "victim").passwordHash("victim").build();
    TokenRecord record =
        TokenRecord.builder(TokenKind.SESSION, key("victim"), "victim", "victim", NOW).build();
    users.insert(victim);
    tokens.insert(record, TokenLimit.NONE, NOW);
    for (String text : TEXTS) {
      assertThat(users.findById(text)).as("id %s", text).isEmpty();
      assertThat(users.replaceHash(text, "victim", "stolen")).isFalse();
      assertThat(users.replaceHash("victim", text, "stolen")).isFalse();
      if (!text.equals("VICTIM")) { // names are compared without regard to case
        assertThat(users.findByName(text)).as("name %s", text).isEmpty();
      }
      if (!text.isEmpty()) {
        User posing = user(text).toBuilder().name("posing").build();
        assertThat(users.update(posing, posing)).isEqualTo(Change.STALE);
        assertThat(users.delete(posing)).isEqualTo(Change.STALE);
      }
      assertThat(tokens.list(text, ALL, NOW)).isEmpty();
      assertThat(tokens.remove("victim", ALL, text, NOW)).isFalse();
      assertThat(tokens.remove(text, ALL, "victim", NOW)).isFalse();
      assertThat(tokens.removeAll(text, Selection.of(ALL), NOW)).isZero();
      if (!text.isEmpty()) {
        assertThat(tokens.removeAll("victim", Selection.of(ALL).labelled(text), NOW)).isZero();
      }
    }
    assertThat(users.findById("victim").orElseThrow().passwordHash()).contains("victim");
    assertThat(users.findById("victim").orElseThrow().version()).isEqualTo(victim.version());
    assertThat(tokens.list("victim", ALL, NOW)).hasSize(1);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Databases.class)
  @DisplayName("ST-3 Each text that is kept is found as it was, and by itself alone")
  void keeps(Databases database) {
    JdbcStores stores = JdbcStores.of(database.emptied());
    TokenStore tokens = stores.tokens();
    int kept = 0;
    for (String text : TEXTS) {
      TokenRecord record =
          TokenRecord.builder(TokenKind.TOKEN, key("of " + kept), "id " + text, "of " + text, NOW)
              .label(text)
              .scopes(Set.of(text, "another"))
              .client(text)
              .attributes(Map.of(text, text, "k" + text, "v"))
              .rotation(new TokenRecord.Rotation(1, key("r"), text, NOW))
              .build();
      TokenStore.Insertion insertion;
      try {
        insertion = tokens.insert(record, LIMIT, NOW);
      } catch (IllegalArgumentException e) {
        assertThat(Databases.keeps("of " + text) && text.chars().noneMatch(c -> c / 2048 == 27))
            .as("whether %s can be an id", text)
            .isFalse();
        continue;
      }
      kept++;
      assertThat(insertion)
          .as("the first of %s", text)
          .isInstanceOf(TokenStore.Insertion.Done.class);
      TokenRecord found = tokens.find(TokenKind.TOKEN, record.key(), NOW).orElseThrow();
      assertThat(found.id()).isEqualTo(record.id());
      assertThat(found.userId()).isEqualTo(record.userId());
      assertThat(found.label()).isEqualTo(record.label());
      assertThat(found.scopes()).isEqualTo(record.scopes());
      assertThat(found.client()).isEqualTo(record.client());
      assertThat(found.attributes()).isEqualTo(record.attributes());
      assertThat(found.rotation()).isEqualTo(record.rotation());
      assertThat(tokens.list(record.userId(), ALL, NOW)).hasSize(1);
    }
    assertThat(kept).isGreaterThan(25);
  }
}
