package dev.sallyport.spring;

import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.CredentialStore;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Meters, health and housekeeping. */
@AutoConfiguration(
    after = SallyportAutoConfiguration.class,
    afterName =
        "org.springframework.boot.micrometer.metrics.autoconfigure"
            + ".CompositeMeterRegistryAutoConfiguration")
@ConditionalOnWebApplication
@ConditionalOnBooleanProperty(name = "sallyport.enabled", matchIfMissing = true)
public final class OperationAutoConfiguration {
  OperationAutoConfiguration() {}

  @Bean
  @ConditionalOnBean(CredentialStore.class)
  PruneSchedule sallyportPruneSchedule(Sallyport auth, SallyportProperties properties) {
    return new PruneSchedule(auth, properties.pruneEvery());
  }

  /** If the host counts. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(MeterRegistry.class)
  static class Meters {
    @Bean
    @ConditionalOnBean(MeterRegistry.class)
    AuthMeters sallyportMeters(MeterRegistry registry) {
      return new AuthMeters(registry);
    }
  }

  /** If the host shows its health. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
  @ConditionalOnEnabledHealthIndicator("sallyport")
  static class Healths {
    @Bean
    @ConditionalOnMissingBean(name = "sallyportHealthIndicator")
    @ConditionalOnBean(CredentialStore.class)
    HealthIndicator sallyportHealthIndicator(Sallyport auth) {
      return new StoreHealth(auth);
    }
  }
}
