package dev.sallyport.benchmarks.hosts.spring;

import static org.springframework.security.config.Customizer.withDefaults;

import dev.sallyport.benchmarks.hosts.IssuedJwt;
import dev.sallyport.benchmarks.hosts.Launch;
import dev.sallyport.benchmarks.hosts.People;
import dev.sallyport.benchmarks.hosts.Scheme;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/**
 * One filter chain for each scheme, set up as the documentation of Spring Security does, with all
 * defaults. Only form login keeps a session. With the word {@code headerless} no chain adds header
 * fields to responses, which this library leaves to the host.
 */
final class Chains {
  private Chains() {}

  private static HttpSecurity authenticated(HttpSecurity http, Launch launch) throws Exception {
    if (launch.options().contains("headerless")) {
      http.headers(HeadersConfigurer::disable);
    }
    return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated());
  }

  private static HttpSecurity stateless(HttpSecurity http, Launch launch) throws Exception {
    return authenticated(http, launch)
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
  }

  /** The users. */
  @Configuration(proxyBeanMethods = false)
  static class Users {
    @Bean
    UserDetailsService userDetailsService() {
      List<UserDetails> users =
          People.names().stream()
              .map(
                  name ->
                      User.withUsername(name)
                          .password(People.HASH)
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
    SecurityFilterChain chain(HttpSecurity http, Launch launch) throws Exception {
      return authenticated(http, launch).formLogin(withDefaults()).build();
    }
  }

  /** An opaque token. */
  @Configuration(proxyBeanMethods = false)
  @EnableWebSecurity
  static class OpaqueTokens {
    @Bean
    SecurityFilterChain chain(HttpSecurity http, Launch launch) throws Exception {
      return stateless(http, launch)
          .oauth2ResourceServer(server -> server.opaqueToken(withDefaults()))
          .build();
    }
  }

  /** A JWT. */
  @Configuration(proxyBeanMethods = false)
  @EnableWebSecurity
  static class Jwts {
    @Bean
    SecurityFilterChain chain(HttpSecurity http, Launch launch) throws Exception {
      return stateless(http, launch)
          .oauth2ResourceServer(server -> server.jwt(withDefaults()))
          .build();
    }

    @Bean
    JwtDecoder decoder(Launch launch) throws GeneralSecurityException {
      byte[] key = launch.jwt().key();
      NimbusJwtDecoder decoder =
          launch.scheme() == Scheme.JWT_HS256
              ? NimbusJwtDecoder.withSecretKey(new SecretKeySpec(key, "HmacSHA256")).build()
              : NimbusJwtDecoder.withPublicKey(rsa(key)).build();
      decoder.setJwtValidator(
          JwtValidators.createDefaultWithValidators(
              List.of(
                  new JwtIssuerValidator(IssuedJwt.ISSUER),
                  new JwtAudienceValidator(IssuedJwt.AUDIENCE))));
      return decoder;
    }

    private static RSAPublicKey rsa(byte[] key) throws GeneralSecurityException {
      return (RSAPublicKey)
          KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(key));
    }
  }

  /** HTTP Basic. */
  @Configuration(proxyBeanMethods = false)
  @EnableWebSecurity
  @Import(Users.class)
  static class Basic {
    @Bean
    SecurityFilterChain chain(HttpSecurity http, Launch launch) throws Exception {
      return stateless(http, launch).httpBasic(withDefaults()).build();
    }
  }
}
