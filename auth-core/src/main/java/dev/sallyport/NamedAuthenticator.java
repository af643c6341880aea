package dev.sallyport;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What {@link Authenticator#named} makes. */
record NamedAuthenticator(String name, Authenticator authenticator, List<Challenge> fixed)
    implements Authenticator {
  @Override
  public AuthResult authenticate(AuthRequest request) {
    return authenticator.authenticate(request);
  }

  @Override
  public Set<String> authSchemes() {
    Set<String> all = new HashSet<>(authenticator.authSchemes());
    fixed.forEach(challenge -> all.add(challenge.scheme()));
    return Set.copyOf(all);
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
  public <T> Optional<T> unwrap(Class<T> type) {
    return type.isInstance(this) ? Optional.of(type.cast(this)) : authenticator.unwrap(type);
  }

  @Override
  public String toString() {
    return name;
  }
}
