package dev.sallyport;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The result of {@link Authenticator#named}. */
record NamedAuthenticator(String name, Authenticator authenticator, List<Challenge> fixed)
    implements Authenticator {
  @Override
  public AuthResult authenticate(AuthRequest request) {
    return authenticator.authenticate(request);
  }

  @Override
  public Plan<AuthResult> plan(AuthRequest request) {
    return authenticator.plan(request);
  }

  @Override
  public Set<String> authSchemes() {
    return Stream.concat(
            fixed.stream().map(Challenge::scheme), authenticator.authSchemes().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public List<Challenge> challenges(AuthRequest request) {
    return fixed;
  }

  @Override
  public Logout planLogout(AuthRequest request) {
    return authenticator.planLogout(request);
  }

  @Override
  public List<SetCookie> expiredCookies() {
    return authenticator.expiredCookies();
  }

  @Override
  public <T> Optional<T> unwrap(Class<T> type) {
    return type.isInstance(this) ? Optional.of(type.cast(this)) : authenticator.unwrap(type);
  }

  @Override
  public String toString() {
    return name;
  }
}
