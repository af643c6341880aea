package dev.sallyport.spring;

import dev.sallyport.guard.Guard;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.CredentialStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
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

/** Meters, traces, health and housekeeping. */
@AutoConfiguration(
    after = SallyportAutoConfiguration.class,
    afterName = {
      "org.springframework.boot.micrometer.metrics.autoconfigure"
          + ".CompositeMeterRegistryAutoConfiguration",
      "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration"
    })
@ConditionalOnWebApplication
@ConditionalOnBooleanProperty(name = "sallyport.enabled", matchIfMissing = true)
public final class OperationAutoConfiguration {
  OperationAutoConfiguration() {}

  @Bean
  @ConditionalOnBean(CredentialStore.class)
  PruneSchedule sallyportPruneSchedule(Sallyport auth, SallyportProperties properties) {
    return new PruneSchedule(auth, properties.pruneEvery());
  }

  /** If the host observes, what is asked for by traces, and by meters made of observations. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(ObservationRegistry.class)
  static class Observations {
    @Bean
    @ConditionalOnBean(ObservationRegistry.class)
    StoreCalls sallyportStoreObservations(ObservationRegistry registry) {
      return new StoreObservations(registry);
    }

    /** The host's own guard as well, unless the host observes it. */
    @Bean
    @ConditionalOnBean(ObservationRegistry.class)
    static BeanPostProcessor sallyportObservedGuard(ObjectProvider<ObservationRegistry> registry) {
      return new BeanPostProcessor() {
        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
          return bean instanceof Guard guard && guard.observer().isEmpty()
              ? guard.observedBy(new DecisionObservations(registry.getObject()))
              : bean;
        }
      };
    }
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

    @Bean
    @ConditionalOnBean({MeterRegistry.class, CredentialStore.class})
    HashingMeters sallyportHashingMeters(Sallyport auth, MeterRegistry registry) {
      return new HashingMeters(auth.passwords(), registry);
    }

    /** Where nothing makes timers of observations. */
    @Bean
    @ConditionalOnBean(MeterRegistry.class)
    @ConditionalOnMissingBean(ObservationRegistry.class)
    StoreCalls sallyportStoreTimers(MeterRegistry registry) {
      return new StoreTimers(registry);
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
