package dev.sallyport.spring;

import dev.sallyport.guard.Guard;
import java.util.Map;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What handlers need, on Spring MVC and on WebFlux alike. */
@Configuration(proxyBeanMethods = false)
class HandlerPermissionsConfiguration {
  @Bean
  @ConditionalOnMissingBean
  RoutePermissions routePermissions() {
    return RoutePermissions.of(Map.of());
  }

  @Bean
  HandlerPermissions sallyportHandlerPermissions(
      BeanFactory beans, RoutePermissions routes, Guard guard) {
    return new HandlerPermissions(
        new AnnotatedPermissions(beans), routes, guard.defaultPermission());
  }
}
