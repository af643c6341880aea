package com.example.jdbc;

import static com.example.jdbc.Samples.NOW;
import static com.example.jdbc.Samples.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.jdbc.JdbcStores;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.TokenStore.Selection;
import dev.sallyport.store.User;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sets, maps and single texts stand in columns of their own writing. */
class TextsTest {
  private static final Set<TokenKind> SESSIONS = Set.of(TokenKind.SESSION);

  /** What is escaped, what it is escaped with, and neighbours of both. */
  private static final List<String> PARTS =
      List.of(
          "\\",
          "\\\\",
          "\\n",
          "\\t",
          "\\0",
          "\\u",
          "\\u0041",
          "\\ud83e",
          "n",
          "t",
          "0",
          "u",
          "\n",
          "\t",
          "\0",
          "\r",
          " ",
          "'",
          "\uD83E",
          "\uDD8A",
          "\uD83E\uDD8A",
          "\uFFFF",
          "\u0301",
          "a");

  private final Random random = new Random(20_260_101);

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append(PARTS.get(random.nextInt(PARTS.size())));
    }
    return text.toString();
  }

  private Set<String> texts() {
    Set<String> texts = new HashSet<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      texts.add(text());
    }
    return texts;
  }

  private Map<String, String> map() {
    Map<String, String> map = new HashMap<>();
    texts().forEach(key -> map.put(key, text()));
    return map;
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Databases.class)
  @DisplayName("ST-1 Any texts in sets and maps are read as they were written")
  void roundTrips(Databases database) {
    JdbcStores stores = JdbcStores.of(database.emptied());
    TokenStore tokens = stores.tokens();
    for (int i = 0; i < 300; i++) {
      TokenRecord record =
          session("u")
              .label(text())
              .scopes(random.nextInt(4) == 0 ? null : texts())
              .client(text())
              .attributes(map())
              .rotation(new TokenRecord.Rotation(i, Samples.key("r" + i), text(), NOW))
              .build();
      tokens.insert(record, TokenLimit.NONE, NOW);
      TokenRecord found = tokens.find(TokenKind.SESSION, record.key(), NOW).orElseThrow();
      assertThat(found.label()).isEqualTo(record.label());
      assertThat(found.scopes()).isEqualTo(record.scopes());
      assertThat(found.client()).isEqualTo(record.client());
      assertThat(found.attributes()).isEqualTo(record.attributes());
      assertThat(found.rotation()).isEqualTo(record.rotation());
    }
    for (int i = 0; i < 50; i++) {
      User user = Samples.user("u" + i).toBuilder().roles(texts()).build();
      stores.accounts().insert(user);
      assertThat(stores.accounts().findById(user.id()).orElseThrow().principal().roles())
          .isEqualTo(user.principal().roles());
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Databases.class)
  @DisplayName("ST-1 A label begins in a database as it does in Java")
  void begins(Databases database) {
    TokenStore tokens = JdbcStores.of(database.emptied()).tokens();
    for (int i = 0; i < 200; i++) {
      TokenRecord record = session("u").label(text()).build();
      tokens.insert(record, TokenLimit.NONE, NOW);
      Selection selection = Selection.of(SESSIONS).labelled(text());
      boolean included = selection.includes(record);
      if (!endsInHalf(selection.labelPrefix())) {
        assertThat(tokens.removeAll("u", selection, NOW))
            .as("%s begins with %s", record.label(), selection.labelPrefix())
            .isEqualTo(included ? 1 : 0);
      }
      tokens.removeAll("u", Selection.of(SESSIONS), NOW);
    }
  }

  /** Half of a character is no beginning of it. */
  private static boolean endsInHalf(String text) {
    return !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Databases.class)
  @DisplayName("ST-3 The longest text is kept whole, and one character more is refused as it is")
  void lengths(Databases database) {
    TokenStore tokens = JdbcStores.of(database.emptied()).tokens();
    for (String longest : List.of("\uD83E\uDD8A".repeat(8000), "\u20AC".repeat(16_000))) {
      TokenRecord record = session("u").label(longest).build();
      tokens.insert(record, TokenLimit.NONE, NOW);
      assertThat(tokens.find(TokenKind.SESSION, record.key(), NOW).orElseThrow().label())
          .isEqualTo(longest);
      TokenRecord longer = record.toBuilder().label(longest + "x").build();
      assertThatThrownBy(() -> tokens.replace(record, longer, NOW))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("label");
    }
  }
}
