package dev.sallyport.benchmarks.hosts.spring;

import dev.sallyport.benchmarks.hosts.Host;
import dev.sallyport.benchmarks.hosts.Launch;
import dev.sallyport.benchmarks.hosts.People;
import dev.sallyport.benchmarks.hosts.Protection;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import java.util.EnumSet;
import org.apache.catalina.Manager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.filter.DelegatingFilterProxy;

/** The host behind the filter chain of Spring Security, which knows one scheme. */
public final class SpringSecurityHost implements Protection {
  private static final String FILTER = "springSecurityFilterChain";

  private final Launch launch;
  private final Tokens tokens = new Tokens();

  private SpringSecurityHost(Launch launch) {
    this.launch = launch;
  }

  /** Runs. */
  public static void main(String[] args) throws Exception {
    Host.run(args, SpringSecurityHost::new);
  }

  @Override
  public void register(AnnotationConfigWebApplicationContext context) {
    context.addBeanFactoryPostProcessor(
        factory -> {
          factory.registerSingleton("launch", launch);
          factory.registerSingleton("tokens", tokens);
        });
    context.register(
        switch (launch.scheme()) {
          case SESSION -> Chains.FormLogin.class;
          case TOKEN -> Chains.OpaqueTokens.class;
          case JWT_HS256, JWT_RS256 -> Chains.Jwts.class;
          case BASIC -> Chains.Basic.class;
        });
  }

  @Override
  public void protect(ServletContext servlets, WebApplicationContext context) {
    FilterRegistration.Dynamic added =
        servlets.addFilter(FILTER, new DelegatingFilterProxy(FILTER, context));
    added.setAsyncSupported(true);
    added.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
  }

  @Override
  public String logIn(WebApplicationContext context, Manager sessions) {
    return switch (launch.scheme()) {
      case SESSION -> {
        UserDetailsService users = context.getBean(UserDetailsService.class);
        yield People.logIn(name -> cookie(users.loadUserByUsername(name), sessions));
      }
      case TOKEN -> People.logIn(name -> People.bearer(tokens.issue(name)));
      case JWT_HS256, JWT_RS256 -> People.bearer(launch.jwt().text());
      case BASIC -> People.basic();
    };
  }

  /** Leaves in a session what a form login leaves there. */
  private static String cookie(UserDetails user, Manager sessions) {
    HttpSession session = sessions.createSession(null).getSession();
    session.setAttribute(
        HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY,
        new SecurityContextImpl(
            UsernamePasswordAuthenticationToken.authenticated(user, null, user.getAuthorities())));
    return People.cookie("JSESSIONID", session.getId());
  }
}
