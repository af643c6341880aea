package dev.sallyport;

import java.util.List;

/** What {@link Authenticator#named} makes. */
record NamedAuthenticator(String name, Authenticator authenticator, List<Challenge> fixed)
    implements Authenticator {
  @Override
  public AuthResult authenticate(AuthRequest request) {
    return authenticator.authenticate(request);
  }

  @Override
  public List<Challenge> challenges(AuthRequest request) {
    return fixed;
  }

  @Override
  public String toString() {
    return name;
  }
}
