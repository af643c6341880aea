package dev.sallyport.spring;

import dev.sallyport.TrustedProxies;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.servlet.AuthFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.multipart.support.StandardServletMultipartResolver;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.handler.MappedInterceptor;

/**
 * The filter in front of all servlets. For handlers of Spring MVC, it finds out who asks; what the
 * handler needs is judged once MVC has found it.
 */
@AutoConfiguration(after = SallyportAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(DispatcherServlet.class)
@ConditionalOnBooleanProperty(name = "sallyport.enabled", matchIfMissing = true)
@Import(HandlerPermissionsConfiguration.class)
public final class GuardedMvcAutoConfiguration {
  /** The name under which Boot registers the servlet of Spring MVC. */
  static final String MVC = "dispatcherServlet";

  /** Behind Boot's encoding and observation, before whatever reads parameters. */
  static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 10;

  GuardedMvcAutoConfiguration() {}

  @Bean
  @ConditionalOnMissingBean
  AuthFilter authFilter(Guard guard, ObjectProvider<AuthEndpoints> endpoints) {
    AuthFilter filter = AuthFilter.of(guard).withPermissions(Map.of(MVC, Permission.anyone()));
    AuthEndpoints found = endpoints.getIfAvailable();
    return found == null ? filter : filter.withEndpoints(found);
  }

  @Bean
  FilterRegistrationBean<AuthFilter> authFilterRegistration(AuthFilter filter) {
    return registration(filter, ORDER);
  }

  @Bean
  PermissionInterceptor sallyportPermissionInterceptor(HandlerPermissions permissions) {
    return new PermissionInterceptor(permissions);
  }

  /** Every mapping that extends AbstractHandlerMapping finds this, the actuator's as well. */
  @Bean
  MappedInterceptor sallyportMappedInterceptor(PermissionInterceptor interceptor) {
    return new MappedInterceptor(null, interceptor);
  }

  @Bean
  HandlerCheck sallyportHandlerCheck(ApplicationContext context, HandlerPermissions permissions) {
    return new HandlerCheck(context, permissions);
  }

  /** Nothing of an upload is read before the permission of its handler has been asked. */
  @Bean
  static BeanPostProcessor sallyportLazyUploads() {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof StandardServletMultipartResolver uploads) {
          uploads.setResolveLazily(true);
        }
        return bean;
      }
    };
  }

  @Bean
  WebMvcConfigurer sallyportArguments(BeanFactory beans, ObjectProvider<Guard> guard) {
    return new WebMvcConfigurer() {
      @Override
      public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallerArguments(new CallerTypes(beans, guard.getObject())));
      }
    };
  }

  /** The host's own filter or source counts before what Spring MVC says. */
  @Bean
  FilterRegistrationBean<Filter> sallyportCorsRegistration(
      ObjectProvider<CorsFilter> filter,
      @Qualifier("corsConfigurationSource") ObjectProvider<CorsConfigurationSource> source,
      ApplicationContext context,
      Guard guard) {
    TrustedProxies proxies = guard.chain().environment().proxies();
    CorsFilter own = filter.getIfUnique();
    Filter cors =
        own == null
            ? new CorsBeforeGuard(source.getIfAvailable(() -> new MvcCors(context)), proxies)
            : proxies.isNone() ? own : asReported(own, proxies);
    return registration(cors, ORDER - 1);
  }

  /** To the host's filter, its own pages behind TLS of a proxy must not be strangers. */
  private static Filter asReported(CorsFilter own, TrustedProxies proxies) {
    return (request, response, chain) ->
        own.doFilter(
            ForwardedRequest.of((HttpServletRequest) request, proxies),
            response,
            (asked, answer) -> chain.doFilter(request, answer));
  }

  /** Handlers see the client and the scheme that a trusted proxy has reported. */
  @Bean
  FilterRegistrationBean<Filter> sallyportForwardedRegistration(Guard guard) {
    TrustedProxies proxies = guard.chain().environment().proxies();
    FilterRegistrationBean<Filter> registration =
        registration(new ForwardedRequests(proxies), ORDER + 1);
    registration.setEnabled(!proxies.isNone());
    return registration;
  }

  static <F extends Filter> FilterRegistrationBean<F> registration(F filter, int order) {
    FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
    registration.setOrder(order);
    registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
    registration.setAsyncSupported(true);
    registration.addUrlPatterns("/*");
    return registration;
  }
}
