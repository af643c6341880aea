package dev.sallyport.benchmarks.request;

import static org.springframework.security.config.Customizer.withDefaults;

import dev.sallyport.store.SecretDigest;
import jakarta.servlet.Filter;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

/**
 * Spring Security's filter chain as its documentation sets it up, with all its defaults: form login
 * and the container's session; a resource server whose introspector is a map; HTTP Basic with
 * {@code DaoAuthenticationProvider}, which hashes the password in every request. The last two keep
 * no session.
 */
final class SpringScene {
  private SpringScene() {}

  static Scene of(Scheme scheme) {
    People people = new People();
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context.registerBean(People.class, () -> people);
    context.register(
        switch (scheme) {
          case SESSION -> FormLogin.class;
          case TOKEN -> ResourceServer.class;
          case BASIC -> Basic.class;
        });
    context.refresh();
    Gate gate = Gate.of(context.getBean("springSecurityFilterChain", Filter.class));
    return switch (scheme) {
      case SESSION -> {
        Container container = new Container();
        UserDetailsService users = context.getBean(UserDetailsService.class);
        String id =
            people.logIn(
                container,
                (name, session) ->
                    session.setAttribute(
                        HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY,
                        new SecurityContextImpl(loggedIn(users.loadUserByUsername(name)))));
        yield Scene.session(gate, container, id);
      }
      case TOKEN -> Scene.token(gate, people.token(People.NAME));
      case BASIC -> Scene.basic(gate);
    };
  }

  private static Authentication loggedIn(UserDetails user) {
    return UsernamePasswordAuthenticationToken.authenticated(user, null, user.getAuthorities());
  }

  private static HttpSecurity stateless(HttpSecurity http) throws Exception {
    return authenticated(http)
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
  }

  private static HttpSecurity authenticated(HttpSecurity http) throws Exception {
    return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated());
  }

  /** The users, with one bcrypt hash. */
  @Configuration(proxyBeanMethods = false)
  static class Users {
    @Bean
    UserDetailsService userDetailsService(People people) {
      List<UserDetails> users =
          people.names().stream()
              .map(
                  name ->
                      User.withUsername(name)
                          .password(people.hash())
                          .authorities(AuthorityUtils.NO_AUTHORITIES)
                          .build())
              .toList();
      return new InMemoryUserDetailsManager(users);
    }

    @Bean
    PasswordEncoder passwordEncoder() {
      return new BCryptPasswordEncoder(People.COST);
    }
  }

  /** A session. */
  @Configuration(proxyBeanMethods = false)
  @EnableWebSecurity
  @Import(Users.class)
  static class FormLogin {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
      return authenticated(http).formLogin(withDefaults()).build();
    }
  }

  /** An opaque token. */
  @Configuration(proxyBeanMethods = false)
  @EnableWebSecurity
  static class ResourceServer {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
      return stateless(http)
          .oauth2ResourceServer(server -> server.opaqueToken(withDefaults()))
          .build();
    }

    @Bean
    OpaqueTokenIntrospector introspector(People people) {
      Map<SecretDigest, OAuth2AuthenticatedPrincipal> users =
          people.byToken(
              name ->
                  new DefaultOAuth2AuthenticatedPrincipal(
                      name, Map.of("sub", name), AuthorityUtils.NO_AUTHORITIES));
      return token -> {
        OAuth2AuthenticatedPrincipal user = users.get(SecretDigest.of(token));
        if (user == null) {
          throw new BadOpaqueTokenException("Unknown");
        }
        return user;
      };
    }
  }

  /** HTTP Basic. */
  @Configuration(proxyBeanMethods = false)
  @EnableWebSecurity
  @Import(Users.class)
  static class Basic {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
      return stateless(http).httpBasic(withDefaults()).build();
    }
  }
}
