package dev.sallyport.spring;

import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.jdbc.JdbcStores;
import dev.sallyport.scheme.ConfigurationException;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/** Keeps users, what is issued, and the counts in the database, if auth-jdbc is there. */
@AutoConfiguration(
    before = SallyportAutoConfiguration.class,
    afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnBooleanProperty(
    name = {"sallyport.enabled", "sallyport.jdbc.enabled"},
    matchIfMissing = true)
@ConditionalOnClass({JdbcStores.class, DependsOnDatabaseInitialization.class})
@EnableConfigurationProperties(SallyportProperties.class)
public final class JdbcStoresAutoConfiguration {
  JdbcStoresAutoConfiguration() {}

  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnSingleCandidate(DataSource.class)
  @DependsOnDatabaseInitialization
  JdbcStores sallyportJdbcStores(DataSource dataSource, SallyportProperties properties) {
    JdbcStores.Builder stores = JdbcStores.builder(dataSource);
    try {
      return (properties.jdbc().createSchema() ? stores.createSchema() : stores).build();
    } catch (IllegalStateException e) {
      String fault =
          "sallyport.jdbc.create-schema: true would create what is missing. " + e.getMessage();
      throw new ConfigurationException(List.of(fault));
    }
  }

  @Bean
  @ConditionalOnBean(JdbcStores.class)
  @ConditionalOnMissingBean(CredentialStore.class)
  @Conditional(UsersInSettings.None.class)
  AccountStore sallyportUsers(JdbcStores stores) {
    return stores.accounts();
  }

  @Bean
  @ConditionalOnBean(JdbcStores.class)
  @ConditionalOnMissingBean
  TokenStore sallyportTokens(JdbcStores stores) {
    return stores.tokens();
  }

  @Bean
  @ConditionalOnBean(JdbcStores.class)
  @ConditionalOnMissingBean
  ThrottleStore sallyportCounts(JdbcStores stores) {
    return stores.counts();
  }
}
