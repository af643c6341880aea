package com.example.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sallyport.account.Accounts;
import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;

@DisplayName("Spring Boot: a DataSource and auth-jdbc")
class JdbcTest {
  static class Database {
    @Bean
    DataSource dataSource() {
      JdbcDataSource source = new JdbcDataSource();
      source.setURL("jdbc:h2:mem:" + System.identityHashCode(this) + ";DB_CLOSE_DELAY=-1");
      return source;
    }
  }

  @Test
  @DisplayName("ST-3 users, what is issued and counts are in the database")
  void stores() {
    try (RunningApp app = RunningApp.of(Database.class, "sallyport.jdbc.create-schema=true")) {
      assertThat(app.context().getBean(CredentialStore.class).getClass().getPackageName())
          .isEqualTo("dev.sallyport.jdbc");
      assertThat(app.context().getBean(TokenStore.class).getClass().getPackageName())
          .isEqualTo("dev.sallyport.jdbc");
      assertThat(app.context().getBean(ThrottleStore.class).getClass().getPackageName())
          .isEqualTo("dev.sallyport.jdbc");
      assertThat(app.context().getBean(Accounts.class)).isNotNull();
    }
  }

  @Test
  @DisplayName("ST-3 without the schema, the message says how to have it created")
  void noSchema() {
    Throwable thrown = catchThrowable(() -> RunningApp.of(Database.class).close());
    assertThat(thrown).hasStackTraceContaining("sallyport.jdbc.create-schema: true would create");
  }
}
