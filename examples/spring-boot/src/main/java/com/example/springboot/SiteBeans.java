package com.example.springboot;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.account.Accounts;
import dev.sallyport.account.PasswordReset;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.servlet.AuthFilter;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.session.SessionLogin;
import dev.sallyport.session.Sessions;
import dev.sallyport.site.Site;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The parts of the site as beans, to which those of the starter give way. */
@Configuration(proxyBeanMethods = false)
class SiteBeans {
  @Bean
  Sallyport sallyport(Site site) {
    return site.auth();
  }

  @Bean
  AuthEnvironment environmentOfSite(Sallyport auth) {
    return auth.environment();
  }

  @Bean
  CredentialStore users(Sallyport auth) {
    return auth.users();
  }

  @Bean
  TokenStore tokens(Sallyport auth) {
    return auth.tokens();
  }

  @Bean
  Accounts accounts(Site site) {
    return site.accounts();
  }

  @Bean
  PasswordReset passwordReset(Site site) {
    return site.passwordReset();
  }

  @Bean
  Guard guard(Site site) {
    return site.guard();
  }

  @Bean
  AuthEndpoints endpoints(Site site) {
    return site.endpoints();
  }

  @Bean
  Sessions sessions(Guard guard) {
    return guard.chain().member(SessionAuthenticator.class).orElseThrow().sessions();
  }

  @Bean
  SessionLogin sessionLogin(Sallyport auth, Guard guard) {
    return SessionLogin.of(auth, guard);
  }

  /** Notes are where users are; the site closes it. */
  @Bean(destroyMethod = "")
  DataSource dataSource(Site site) {
    return site.database()
        .orElseGet(
            () ->
                new EmbeddedDatabaseBuilder()
                    .generateUniqueName(true)
                    .setType(EmbeddedDatabaseType.H2)
                    .build());
  }

  /** The guard comes before Spring MVC, so what has none is a servlet of its own. */
  @Bean
  AuthFilter authFilter(Guard guard, AuthEndpoints endpoints) {
    return AuthFilter.of(guard)
        .withEndpoints(endpoints)
        .withPermissions(Map.of(UnknownPaths.MVC, Permission.anyone()))
        .withoutGuard(PingServlet.PATH);
  }

  @Bean
  ServletRegistrationBean<PingServlet> ping(Site site) {
    return new ServletRegistrationBean<>(new PingServlet(site.routes()), PingServlet.PATH);
  }

  @Bean
  FilterRegistrationBean<UnknownPaths> unknownPaths(
      @Qualifier("requestMappingHandlerMapping")
          ObjectProvider<RequestMappingHandlerMapping> controllers,
      AuthEndpoints endpoints) {
    FilterRegistrationBean<UnknownPaths> filter =
        new FilterRegistrationBean<>(new UnknownPaths(controllers, endpoints));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
    return filter;
  }
}
