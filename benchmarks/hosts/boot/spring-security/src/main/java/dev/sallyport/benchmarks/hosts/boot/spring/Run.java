package dev.sallyport.benchmarks.hosts.boot.spring;

import dev.sallyport.benchmarks.hosts.Launch;
import dev.sallyport.benchmarks.hosts.People;
import dev.sallyport.benchmarks.hosts.boot.BootHost;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import org.apache.catalina.Context;
import org.apache.catalina.Manager;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

/** Starts the application, and logs its users in. */
public final class Run {
  private Run() {}

  /** Runs. */
  public static void main(String[] args) throws IOException {
    BootHost.run(SecuredApplication.class, args, Run::logIn);
  }

  private static String logIn(Launch launch, ServletWebServerApplicationContext beans) {
    return switch (launch.scheme()) {
      case SESSION -> {
        UserDetailsService users = beans.getBean(UserDetailsService.class);
        Manager sessions = sessions((TomcatWebServer) beans.getWebServer());
        yield People.logIn(name -> cookie(users.loadUserByUsername(name), sessions));
      }
      case TOKEN ->
          People.logIn(name -> People.bearer(beans.getBean(OpaqueTokens.class).issue(name)));
      case JWT_HS256, JWT_RS256 -> People.bearer(launch.jwt().text());
      case BASIC -> People.basic();
    };
  }

  private static Manager sessions(TomcatWebServer server) {
    return ((Context) server.getTomcat().getHost().findChildren()[0]).getManager();
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
