package dev.sallyport.benchmarks.hosts.boot.own;

import dev.sallyport.AuthRequest;
import dev.sallyport.SetCookie;
import dev.sallyport.benchmarks.hosts.Launch;
import dev.sallyport.benchmarks.hosts.People;
import dev.sallyport.benchmarks.hosts.boot.BootHost;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.SessionResult;
import dev.sallyport.session.Sessions;
import dev.sallyport.store.User;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.Tokens;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** Starts the application, and logs its users in. */
public final class Run {
  private Run() {}

  /** Runs. */
  public static void main(String[] args) throws IOException {
    BootHost.run(GuardedApplication.class, args, Run::logIn);
  }

  private static String logIn(Launch launch, ServletWebServerApplicationContext beans) {
    Sallyport auth = beans.getBean(Sallyport.class);
    return switch (launch.scheme()) {
      case SESSION -> People.logIn(name -> cookie(auth, user(auth, name)));
      case TOKEN -> People.logIn(name -> People.bearer(token(auth, user(auth, name))));
      case JWT_HS256, JWT_RS256 -> People.bearer(launch.jwt().text());
      case BASIC -> People.basic();
    };
  }

  private static User user(Sallyport auth, String name) {
    return auth.users().findByName(name).orElseThrow();
  }

  private static String token(Sallyport auth, User user) {
    return Tokens.of(auth).issue(user, NewToken.standard()).orElseThrow().token().reveal();
  }

  private static String cookie(Sallyport auth, User user) {
    AuthRequest login =
        AuthRequest.builder("POST", "/login", null, InetAddress.getLoopbackAddress(), true)
            .header("User-Agent", People.BROWSER)
            .build();
    SetCookie cookie =
        ((SessionResult.Started) Sessions.of(auth).start(user, Instant.now(), login, false))
            .cookie();
    return People.cookie(cookie.name(), cookie.value());
  }
}
