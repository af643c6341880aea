package dev.sallyport.spring;

import dev.sallyport.scheme.ConfigurationException;
import java.util.List;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** An application on WebFlux would not be guarded at all, so it doesn't start. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBooleanProperty(name = "sallyport.enabled", matchIfMissing = true)
public final class ReactiveRefusalAutoConfiguration {
  ReactiveRefusalAutoConfiguration() {}

  @Bean
  static InitializingBean sallyportReactiveRefusal() {
    return () -> {
      throw new ConfigurationException(
          List.of(
              "auth-spring-boot-starter guards Spring MVC, and this application runs on WebFlux, which"
                  + " needs a reactive adapter (auth-webflux, not released yet): add"
                  + " spring-boot-starter-webmvc, or set sallyport.enabled=false"));
    };
  }
}
