package dev.sallyport.benchmarks.request;

import dev.sallyport.store.SecretDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.pac4j.core.client.BaseClient;
import org.pac4j.core.config.Config;
import org.pac4j.core.credentials.Credentials;
import org.pac4j.core.credentials.TokenCredentials;
import org.pac4j.core.credentials.UsernamePasswordCredentials;
import org.pac4j.core.credentials.authenticator.Authenticator;
import org.pac4j.core.credentials.authenticator.LocalCachingAuthenticator;
import org.pac4j.core.credentials.password.PasswordEncoder;
import org.pac4j.core.credentials.password.SpringSecurityPasswordEncoder;
import org.pac4j.core.exception.BadCredentialsException;
import org.pac4j.core.profile.CommonProfile;
import org.pac4j.core.profile.ProfileManager;
import org.pac4j.http.client.direct.DirectBasicAuthClient;
import org.pac4j.http.client.direct.DirectBearerAuthClient;
import org.pac4j.http.client.indirect.FormClient;
import org.pac4j.jee.context.JEEContext;
import org.pac4j.jee.context.session.JEESessionStore;
import org.pac4j.jee.filter.SecurityFilter;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * pac4j's security filter with its default matchers and authorizers: a form login whose profile is
 * in the container's session, where a new CSRF token is put in every request; a bearer client; a
 * Basic client behind the cache of right passwords that its documentation advises for direct
 * clients. Both look up in a map.
 */
final class Pac4jScene {
  private static final String SITE = "https://app.example.com";

  private Pac4jScene() {}

  static Scene of(Scheme scheme) {
    People people = new People();
    return switch (scheme) {
      case SESSION -> {
        FormClient client = new FormClient(SITE + "/login", byPassword(people));
        Container container = new Container();
        String id =
            people.logIn(container, (name, session) -> logIn(client, container, session, name));
        yield Scene.session(gate(client), container, id);
      }
      case TOKEN ->
          Scene.token(gate(new DirectBearerAuthClient(byToken(people))), people.token(People.NAME));
      case BASIC ->
          Scene.basic(
              gate(
                  new DirectBasicAuthClient(
                      new LocalCachingAuthenticator(
                          byPassword(people), 10_000, 15, TimeUnit.MINUTES))));
    };
  }

  private static Gate gate(BaseClient client) {
    return Gate.of(new SecurityFilter(new Config(SITE + "/callback", client), client.getName()));
  }

  /** What the callback does behind the form. */
  private static void logIn(
      FormClient client, Container container, StubSession session, String name) {
    Credential cookie = Credential.cookie(Credential.SESSION_COOKIE, session.getId());
    JEEContext context = new JEEContext(new StubRequest(container, cookie), new StubResponse());
    CommonProfile profile = profile(name);
    profile.setClientName(client.getName());
    new ProfileManager(context, new JEESessionStore()).save(true, profile, false);
  }

  private static CommonProfile profile(String name) {
    CommonProfile profile = new CommonProfile();
    profile.setId(name);
    return profile;
  }

  private static Authenticator byToken(People people) {
    Map<SecretDigest, String> users = people.byToken(name -> name);
    return (context, credentials) -> {
      String token = ((TokenCredentials) credentials).getToken();
      return accepted(credentials, users.get(SecretDigest.of(token)));
    };
  }

  private static Authenticator byPassword(People people) {
    PasswordEncoder encoder =
        new SpringSecurityPasswordEncoder(new BCryptPasswordEncoder(People.COST));
    Map<String, String> hashes = new HashMap<>();
    people.names().forEach(name -> hashes.put(name, people.hash()));
    return (context, credentials) -> {
      UsernamePasswordCredentials presented = (UsernamePasswordCredentials) credentials;
      String hash = hashes.get(presented.getUsername());
      boolean right = hash != null && encoder.matches(presented.getPassword(), hash);
      return accepted(credentials, right ? presented.getUsername() : null);
    };
  }

  private static Optional<Credentials> accepted(Credentials credentials, String name) {
    if (name == null) {
      throw new BadCredentialsException("Unknown or wrong");
    }
    credentials.setUserProfile(profile(name));
    return Optional.of(credentials);
  }
}
