package dev.sallyport.spring;

import dev.sallyport.scheme.ConfigurationException;
import java.util.List;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** An application on WebFlux without its adapter would not be guarded, so it doesn't start. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnMissingClass("dev.sallyport.webflux.AuthWebFilter")
@ConditionalOnBooleanProperty(name = "sallyport.enabled", matchIfMissing = true)
public final class ReactiveRefusalAutoConfiguration {
  ReactiveRefusalAutoConfiguration() {}

  @Bean
  static InitializingBean sallyportReactiveRefusal() {
    return () -> {
      throw new ConfigurationException(
          List.of(
              "This application runs on WebFlux, which nothing guards without auth-webflux: add"
                  + " dev.sallyport:auth-webflux, or spring-boot-starter-webmvc to run on Spring"
                  + " MVC, or set sallyport.enabled=false"));
    };
  }
}
