package dev.sallyport.spring;

import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.lane.Lanes;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.webflux.AuthWebFilter;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;

/**
 * The filter in front of WebFlux, which finds out who asks; what the handler needs is judged once
 * WebFlux has found it.
 */
@AutoConfiguration(after = SallyportAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass({DispatcherHandler.class, AuthWebFilter.class})
@ConditionalOnBooleanProperty(name = "sallyport.enabled", matchIfMissing = true)
@Import(HandlerPermissionsConfiguration.class)
public final class GuardedWebFluxAutoConfiguration {
  GuardedWebFluxAutoConfiguration() {}

  @Bean
  @ConditionalOnMissingBean
  Lanes lanes(Sallyport auth) {
    return Lanes.of(auth);
  }

  @Bean
  @ConditionalOnMissingBean
  AuthWebFilter authWebFilter(
      Guard guard,
      Lanes lanes,
      ObjectProvider<AuthEndpoints> endpoints,
      ObjectProvider<DispatcherHandler> webFlux) {
    AuthWebFilter filter =
        AuthWebFilter.of(guard, lanes)
            .needing(Permission.anyone())
            .withPreflights(exchange -> webFlux.getObject().handlePreFlight(exchange));
    AuthEndpoints found = endpoints.getIfAvailable();
    return found == null ? filter : filter.withEndpoints(found);
  }

  @Bean
  GuardedHandlers sallyportGuardedHandlers(
      HandlerPermissions permissions, ObjectProvider<HandlerAdapter> adapters) {
    return new GuardedHandlers(permissions, adapters);
  }

  @Bean
  ReactiveHandlerCheck sallyportHandlerCheck(
      ApplicationContext context, HandlerPermissions permissions) {
    return new ReactiveHandlerCheck(context, permissions);
  }

  @Bean
  WebFluxConfigurer sallyportArguments(BeanFactory beans, ObjectProvider<Guard> guard) {
    return new WebFluxConfigurer() {
      @Override
      public void configureArgumentResolvers(ArgumentResolverConfigurer resolvers) {
        resolvers.addCustomResolver(
            new ReactiveCallerArguments(new CallerTypes(beans, guard.getObject())));
      }
    };
  }

  @Bean
  ReactiveCors sallyportCors(
      ObjectProvider<HandlerMapping> mappings, ObjectProvider<CorsWebFilter> own, Guard guard) {
    return new ReactiveCors(mappings, own, guard.chain().environment().proxies());
  }

  /** Handlers see the client and the scheme that a trusted proxy has reported. */
  @Bean
  ReactiveForwarded sallyportForwarded(Guard guard) {
    return new ReactiveForwarded(guard.chain().environment().proxies());
  }
}
