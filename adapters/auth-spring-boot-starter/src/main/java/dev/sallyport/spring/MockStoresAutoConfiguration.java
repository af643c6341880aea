package dev.sallyport.spring;

import dev.sallyport.store.CredentialStore;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/** For the slice of {@code @WebMvcTest} alone, which leaves the host's own store out. */
@AutoConfiguration(before = SallyportAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "sallyport.enabled", matchIfMissing = true)
public final class MockStoresAutoConfiguration {
  MockStoresAutoConfiguration() {}

  @Bean
  @ConditionalOnMissingBean
  @Conditional(UsersInSettings.None.class)
  CredentialStore sallyportNobody() {
    return CredentialStore.inMemory();
  }
}
