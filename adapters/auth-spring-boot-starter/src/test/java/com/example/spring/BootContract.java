package com.example.spring;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.spring.RoutePermissions;
import dev.sallyport.testkit.adapter.AdapterAbility;
import dev.sallyport.testkit.adapter.AdapterContract;
import dev.sallyport.testkit.adapter.AdapterHandler;
import dev.sallyport.testkit.adapter.AdapterRoute;
import dev.sallyport.testkit.adapter.AdapterSite;
import dev.sallyport.testkit.adapter.RunningHost;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.boot.web.error.ErrorPage;
import org.springframework.boot.web.error.ErrorPageRegistrar;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.filter.CorsFilter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The contract of adapters, for an application whose guard and accounts are beans of its own. */
interface BootContract extends AdapterContract {
  /** Of the two containers on the class path, the one that isn't tested. */
  String otherContainer();

  @Override
  default Set<AdapterAbility> abilities() {
    return EnumSet.complementOf(EnumSet.of(AdapterAbility.TLS, AdapterAbility.HTTP_2_OVER_TLS));
  }

  @Override
  default AuthConfiguration.Builder withKeys(
      AuthConfiguration.Builder auth, AuthEnvironment environment) {
    return auth.with(JwtKeys.class, JwtKeys.generate(environment, JwsAlgorithm.ES256));
  }

  @Override
  default RunningHost start(AdapterSite site) {
    Quiet.hosts();
    SpringApplication application = new SpringApplication(RunningApp.Boot.class, Application.class);
    application.setRegisterShutdownHook(false);
    application.addInitializers(context -> addBeans((GenericApplicationContext) context, site));
    ConfigurableApplicationContext context =
        application.run(
            "--server.address=127.0.0.1",
            "--server.port=0",
            "--server.http2.enabled=true",
            "--server.servlet.context-path=" + site.mountPath(),
            "--spring.main.banner-mode=off",
            "--spring.autoconfigure.exclude=" + RunningApp.NO_DATA_SOURCE + "," + otherContainer());
    int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    return RunningHost.at(port, context);
  }

  private static void addBeans(GenericApplicationContext context, AdapterSite site) {
    context.registerBean(AdapterSite.class, () -> site);
    site.preflights()
        .ifPresent(handler -> context.registerBean(CorsFilter.class, () -> preflights(handler)));
  }

  private static CorsFilter preflights(AdapterHandler handler) {
    CorsFilter filter = new CorsFilter(request -> new CorsConfiguration());
    filter.setCorsProcessor(
        (configured, request, response) -> {
          boolean preflight = CorsUtils.isPreFlightRequest(request);
          if (preflight) {
            KitCall call = new KitCall(request, response);
            handler.handle(call);
            response.setStatus(call.answer().getStatusCode().value());
          }
          return !preflight;
        });
    return filter;
  }

  /** Beans of the host's. */
  class Application {
    @Bean
    Guard guard(AdapterSite site) {
      return site.guard();
    }

    @Bean
    AuthEndpoints endpoints(AdapterSite site) {
      return AuthEndpoints.of(site.accounts(), site.guard());
    }

    @Bean
    RoutePermissions permissions(AdapterSite site) {
      Map<String, Permission> permissions = new HashMap<>();
      for (AdapterRoute route : site.routes()) {
        route.permission().ifPresent(needed -> permissions.put(route.path(), needed));
      }
      return RoutePermissions.of(permissions);
    }

    @Bean
    KitHandlers handlers(
        AdapterSite site,
        @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping)
        throws NoSuchMethodException {
      return KitHandlers.of(site.routes(), mapping);
    }

    @Bean
    ErrorPageRegistrar errorPages(AdapterSite site) {
      return registry ->
          site.routes().stream()
              .filter(route -> route.arrival() == AdapterRoute.Arrival.ERROR_PAGE)
              .map(route -> new ErrorPage(HttpStatus.CONFLICT, KitHandlers.behind(route)))
              .forEach(registry::addErrorPages);
    }

    /** A client that is refused need not send its body. */
    @Bean
    TomcatConnectorCustomizer continueOnRead() {
      return connector -> connector.setProperty("continueResponseTiming", "onRead");
    }
  }
}
