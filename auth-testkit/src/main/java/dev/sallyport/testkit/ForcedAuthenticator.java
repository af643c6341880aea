package dev.sallyport.testkit;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Authenticator;
import dev.sallyport.Principal;
import java.util.Objects;
import java.util.Set;

/**
 * Authenticates every request, without credentials: "be alice". For tests of code behind the guard.
 */
public final class ForcedAuthenticator implements Authenticator {
  private final Principal principal;

  private ForcedAuthenticator(Principal principal) {
    this.principal = principal;
  }

  /**
   * Authenticates everyone as this principal.
   *
   * @param principal the principal
   * @return the authenticator, named {@code forced}
   */
  public static ForcedAuthenticator as(Principal principal) {
    return new ForcedAuthenticator(Objects.requireNonNull(principal, "principal"));
  }

  /**
   * Authenticates everyone as a user with this name.
   *
   * @param name the name, which is also the id
   * @param roles the roles
   * @return the authenticator, named {@code forced}
   */
  public static ForcedAuthenticator as(String name, String... roles) {
    return as(new Principal(name, name, Set.of(roles)));
  }

  @Override
  public AuthResult authenticate(AuthRequest request) {
    return Authenticated.builder(principal, name()).epoch(0).build();
  }

  @Override
  public String name() {
    return "forced";
  }
}
