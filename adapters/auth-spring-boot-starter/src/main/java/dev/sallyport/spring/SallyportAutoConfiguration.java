package dev.sallyport.spring;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.account.Accounts;
import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.event.AuthListener;
import dev.sallyport.guard.Guard;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.password.BcryptHasher;
import dev.sallyport.password.PasswordHasher;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * The guard and what it stands on, from the settings below {@code auth} and the host's own beans.
 * Each bean gives way to one of the host's.
 */
@AutoConfiguration
@ConditionalOnWebApplication
@ConditionalOnBooleanProperty(name = "sallyport.enabled", matchIfMissing = true)
@EnableConfigurationProperties(SallyportProperties.class)
public final class SallyportAutoConfiguration {
  private static final int DEVELOPMENT_COST = 10;

  SallyportAutoConfiguration() {}

  /** The standard one, with the host's clock, listeners, counts and context path. */
  @Bean
  @ConditionalOnMissingBean
  AuthEnvironment authEnvironment(
      ObjectProvider<Clock> clock,
      ObjectProvider<AuthListener> listeners,
      ObjectProvider<ThrottleStore> counts,
      ApplicationContext context) {
    List<AuthListener> all = new ArrayList<>(List.of(AuthListener.slf4j()));
    listeners.orderedStream().forEach(all::add);
    AuthEnvironment environment =
        AuthEnvironment.standard()
            .withListener(AuthListener.all(all.toArray(AuthListener[]::new)))
            .withMountPath(MountPath.of(context));
    Clock own = clock.getIfUnique();
    ThrottleStore shared = counts.getIfUnique();
    environment = own == null ? environment : environment.withClock(own);
    return shared == null ? environment : environment.withCounts(shared);
  }

  @Bean
  @ConditionalOnMissingBean
  @Conditional(UsersInSettings.Some.class)
  CredentialStore sallyportDevelopmentUsers(
      SallyportProperties properties,
      ObjectProvider<PasswordHasher> hasher,
      AuthEnvironment auth,
      Environment environment) {
    return DevelopmentUsers.of(
        properties.users(),
        hasher.getIfAvailable(() -> BcryptHasher.ofCost(DEVELOPMENT_COST)),
        auth.random(),
        environment);
  }

  @Bean
  @ConditionalOnMissingBean
  TokenStore tokenStore() {
    return TokenStore.inMemory();
  }

  /** Made when it is asked for: a host with a guard of its own needs none. */
  @Bean
  @Lazy
  @ConditionalOnMissingBean
  AuthConfiguration authConfiguration(
      AuthEnvironment environment,
      ObjectProvider<CredentialStore> users,
      TokenStore tokens,
      ApplicationContext context) {
    return GuardSettings.build(environment, users.getIfAvailable(), tokens, context);
  }

  @Bean
  @Lazy
  @ConditionalOnMissingBean
  Sallyport sallyport(AuthConfiguration configuration) {
    return configuration.auth();
  }

  @Bean
  @ConditionalOnMissingBean
  Guard guard(AuthConfiguration configuration) {
    return configuration.guard();
  }

  /** Made when somebody asks for it, since not all users can be changed here. */
  @Bean
  @Lazy
  @ConditionalOnMissingBean
  Accounts accounts(Sallyport auth) {
    return auth.accounts();
  }

  /** A host that has a guard of its own may have no users here, and then no endpoints. */
  @Bean
  @ConditionalOnBean(CredentialStore.class)
  @ConditionalOnMissingBean
  AuthEndpoints authEndpoints(
      Sallyport auth, Guard guard, ObjectProvider<Accounts> accounts, SallyportProperties own) {
    if (auth.users() instanceof AccountStore) {
      AuthEndpoints.Builder endpoints = AuthEndpoints.builder(accounts.getObject(), guard);
      return (own.readOnlyUsers() ? endpoints.readOnlyUsers() : endpoints).build();
    }
    Accounts known =
        Accounts.builder(new ForeignUsers(auth.users()), auth.passwords())
            .tokens(auth.tokens())
            .build();
    return AuthEndpoints.builder(known, guard).readOnlyUsers().build();
  }
}
