package dev.sallyport.benchmarks.hosts.boot.spring;

import static org.springframework.security.config.Customizer.withDefaults;

import dev.sallyport.benchmarks.hosts.People;
import dev.sallyport.benchmarks.hosts.boot.Notes;
import java.util.List;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.OpaqueTokenAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** The notes, for users who log in by a form or by Basic, and for bearers of tokens. */
@SpringBootApplication
@Import(Notes.class)
class SecuredApplication {
  @Bean
  UserDetailsService users() {
    List<UserDetails> users =
        People.names().stream()
            .map(name -> User.withUsername(name).password(People.HASH).roles("USER").build())
            .toList();
    return new InMemoryUserDetailsManager(users);
  }

  @Bean
  PasswordEncoder passwordEncoder() {
    return new BCryptPasswordEncoder(People.COST);
  }

  @Bean
  SecurityFilterChain chain(HttpSecurity http, JwtDecoder jwts, OpaqueTokens tokens)
      throws Exception {
    AuthenticationManager jwt = new JwtAuthenticationProvider(jwts)::authenticate;
    AuthenticationManager opaque = new OpaqueTokenAuthenticationProvider(tokens)::authenticate;
    BearerTokenResolver bearer = new DefaultBearerTokenResolver();
    return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .formLogin(withDefaults())
        .httpBasic(withDefaults())
        .oauth2ResourceServer(
            server ->
                server.authenticationManagerResolver(
                    request -> bearer.resolve(request).indexOf('.') < 0 ? opaque : jwt))
        .build();
  }
}
