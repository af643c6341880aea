package com.example.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.account.AccountResult;
import dev.sallyport.password.Password;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import java.time.Instant;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** docs/stores.md does what it says. */
class StoreSnippetsTest {
  @Test
  @DisplayName("docs/stores.md: users and what they are issued stay in the database; the rest goes")
  void wired() {
    JdbcDataSource dataSource = new JdbcDataSource();
    dataSource.setURL("jdbc:h2:mem:snippets;DB_CLOSE_DELAY=-1");
    Password password = Password.of("correct horse battery staple");
    assertThat(StoreSnippets.wire(dataSource).accounts().register("alice", password))
        .isInstanceOf(AccountResult.Done.class);
    Sallyport again = StoreSnippets.wire(dataSource);
    assertThat(again.accounts().register("Alice", password))
        .isInstanceOf(AccountResult.Refused.class);

    Instant end = Instant.now().minusSeconds(1);
    for (int i = 0; i < 1001; i++) {
      TokenRecord record =
          TokenRecord.builder(TokenKind.SESSION, SecretDigest.of("s" + i), "" + i, "1", end)
              .expiresAt(end)
              .build();
      again.tokens().insert(record, TokenLimit.NONE, end);
    }
    StoreSnippets.purge(again.tokens());
    assertThat(again.tokens().prune(Instant.now(), 1)).isZero();
  }
}
