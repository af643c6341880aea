package dev.sallyport.benchmarks.request;

import dev.sallyport.store.SecretDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.shiro.authc.AuthenticationInfo;
import org.apache.shiro.authc.AuthenticationToken;
import org.apache.shiro.authc.BearerToken;
import org.apache.shiro.authc.SimpleAuthenticationInfo;
import org.apache.shiro.authc.UsernamePasswordToken;
import org.apache.shiro.authc.credential.AllowAllCredentialsMatcher;
import org.apache.shiro.authc.credential.PasswordMatcher;
import org.apache.shiro.realm.AuthenticatingRealm;
import org.apache.shiro.web.filter.mgt.DefaultFilter;
import org.apache.shiro.web.filter.mgt.PathMatchingFilterChainResolver;
import org.apache.shiro.web.mgt.DefaultWebSecurityManager;
import org.apache.shiro.web.servlet.AbstractShiroFilter;
import org.apache.shiro.web.subject.WebSubject;

/**
 * Shiro's filter before a realm that is a map. {@code authc} and the container's session, as they
 * are by default; {@code authcBearer}; {@code authcBasic} with bcrypt in place of the default,
 * Argon2, so that all hash the same: in every request, since Shiro's cache keeps hashes and not
 * what was right. The last two keep no session and look for no "remember me".
 */
final class ShiroScene {
  private ShiroScene() {}

  static Scene of(Scheme scheme) {
    People people = new People();
    return switch (scheme) {
      case SESSION -> {
        DefaultWebSecurityManager manager = new DefaultWebSecurityManager(new TokenRealm(people));
        Container container = new Container();
        String id =
            people.logIn(
                container, (name, session) -> logIn(manager, container, session, people, name));
        yield Scene.session(gate(manager, "authc"), container, id);
      }
      case TOKEN ->
          Scene.token(
              gate(stateless(new TokenRealm(people)), "noSessionCreation, authcBearer"),
              people.token(People.NAME));
      case BASIC ->
          Scene.basic(gate(stateless(new PasswordRealm(people)), "noSessionCreation, authcBasic"));
    };
  }

  /** By a token, which is faster than by 1,024 passwords, and leaves the same session. */
  private static void logIn(
      DefaultWebSecurityManager manager,
      Container container,
      StubSession session,
      People people,
      String name) {
    Credential cookie = Credential.cookie(Credential.SESSION_COOKIE, session.getId());
    new WebSubject.Builder(manager, new StubRequest(container, cookie), new StubResponse())
        .buildWebSubject()
        .login(new BearerToken(people.token(name)));
  }

  private static DefaultWebSecurityManager stateless(AuthenticatingRealm realm) {
    DefaultWebSecurityManager manager = new DefaultWebSecurityManager(realm);
    manager.setRememberMeManager(null);
    return manager;
  }

  private static Gate gate(DefaultWebSecurityManager manager, String chain) {
    PathMatchingFilterChainResolver resolver = new PathMatchingFilterChainResolver();
    resolver.getFilterChainManager().setGlobalFilters(List.of(DefaultFilter.invalidRequest.name()));
    resolver.getFilterChainManager().createChain("/**", chain);
    ShiroFilter filter = new ShiroFilter();
    filter.setSecurityManager(manager);
    filter.setFilterChainResolver(resolver);
    return Gate.of(filter);
  }

  private static final class ShiroFilter extends AbstractShiroFilter {}

  /** Users by their token, which is known to be right once it is found. */
  private static final class TokenRealm extends AuthenticatingRealm {
    private final Map<SecretDigest, String> users;

    TokenRealm(People people) {
      super(new AllowAllCredentialsMatcher());
      users = people.byToken(name -> name);
      setAuthenticationTokenClass(BearerToken.class);
    }

    @Override
    protected AuthenticationInfo doGetAuthenticationInfo(AuthenticationToken token) {
      String presented = ((BearerToken) token).getToken();
      String name = users.get(SecretDigest.of(presented));
      return name == null ? null : new SimpleAuthenticationInfo(name, presented, getName());
    }
  }

  /** Users by their name, with the hash of their password. */
  private static final class PasswordRealm extends AuthenticatingRealm {
    private final Map<String, String> hashes = new HashMap<>();

    PasswordRealm(People people) {
      super(new PasswordMatcher());
      people.names().forEach(name -> hashes.put(name, "$shiro2" + people.hash()));
    }

    @Override
    protected AuthenticationInfo doGetAuthenticationInfo(AuthenticationToken token) {
      String name = ((UsernamePasswordToken) token).getUsername();
      String hash = hashes.get(name);
      return hash == null ? null : new SimpleAuthenticationInfo(name, hash, getName());
    }
  }
}
