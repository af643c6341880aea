package dev.sallyport.benchmarks.request;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.HeaderSource;
import dev.sallyport.SetCookie;
import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.password.BcryptHasher;
import dev.sallyport.password.Passwords;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.session.SessionResult;
import dev.sallyport.session.Sessions;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenAuthenticator;
import dev.sallyport.token.Tokens;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * This library: the guard, over one chain of all three schemes, whatever the request's is. Its
 * sessions are its own, not the container's.
 */
final class SallyportScene {
  private static final Permission AUTHENTICATED = Permission.authenticated();

  private SallyportScene() {}

  /** By default a password that was right is remembered; {@code remembers} turns that off. */
  static Scene of(Scheme scheme, boolean remembers) throws UnknownHostException {
    AccountStore users = CredentialStore.inMemory();
    TokenStore store = TokenStore.inMemory();
    Tokens tokens = Tokens.of(Sallyport.of(users, store));
    Sessions sessions = Sessions.of(Sallyport.of(users, store));
    Passwords.Builder passwords =
        Passwords.builder(AuthEnvironment.standard().withListener(event -> {}), users)
            .hasher(BcryptHasher.ofCost(People.COST));
    Gate gate =
        gate(
            Guard.of(
                AuthenticatorChain.of(
                    AuthEnvironment.standard().withListener(event -> {}),
                    TokenAuthenticator.of(tokens),
                    BasicAuthenticator.of(
                        (remembers ? passwords : passwords.rememberNone()).build()),
                    SessionAuthenticator.of(sessions))));

    People people = new People();
    AuthRequest login = authRequest(new StubRequest(new Container(), null)); // by the same browser
    String token = null;
    SetCookie cookie = null;
    for (String name : people.names()) {
      User user = User.builder("id of " + name, name).passwordHash(people.hash()).build();
      users.insert(user);
      String issued = tokens.issue(user, NewToken.standard()).orElseThrow().token().reveal();
      SessionResult start = sessions.start(user, Instant.now(), login, false);
      if (name.equals(People.NAME)) {
        token = issued;
        cookie = ((SessionResult.Started) start).cookie();
      }
    }
    return switch (scheme) {
      case SESSION -> Scene.cookie(gate, new Container(), cookie.name(), cookie.value());
      case TOKEN -> Scene.token(gate, token);
      case BASIC -> Scene.basic(gate);
    };
  }

  /** What an adapter for servlets does. */
  private static Gate gate(Guard guard) {
    return (request, response) -> {
      Decision decision = guard.check(authRequest(request), AUTHENTICATED);
      if (decision instanceof Decision.Proceed proceed) {
        add(proceed.headers(), response);
        return proceed.who().orElseThrow().principal().name();
      }
      AuthResponse refusal = ((Decision.Refuse) decision).response();
      response.setStatus(refusal.status());
      add(refusal.headers(), response);
      return null;
    };
  }

  private static AuthRequest authRequest(HttpServletRequest request) throws UnknownHostException {
    String query = request.getQueryString();
    String path = request.getRequestURI();
    return AuthRequest.builder(
            request.getMethod(),
            query == null ? path : path + "?" + query,
            null,
            InetAddress.getByName(request.getRemoteAddr()),
            request.isSecure())
        .headers(new ServletHeaders(request))
        .build();
  }

  private static void add(List<AuthResponse.Header> lines, HttpServletResponse response) {
    for (AuthResponse.Header line : lines) {
      response.addHeader(line.name(), line.value());
    }
  }

  /** The header fields where they are. */
  private record ServletHeaders(HttpServletRequest request) implements HeaderSource {
    @Override
    public List<String> values(String name) {
      Enumeration<String> values = request.getHeaders(name);
      if (!values.hasMoreElements()) {
        return List.of();
      }
      String first = values.nextElement();
      if (!values.hasMoreElements()) {
        return List.of(first);
      }
      List<String> all = Collections.list(values);
      all.add(0, first);
      return all;
    }

    @Override
    public Collection<String> names() {
      return Collections.list(request.getHeaderNames());
    }
  }
}
