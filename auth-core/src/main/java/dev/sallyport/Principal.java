package dev.sallyport;

import java.util.Objects;
import java.util.Set;

/**
 * Who the request is from, once an authenticator vouches for it.
 *
 * @param id the stable id of the user, not empty; for a foreign issuer's subject it is qualified by
 *     the issuer, so that it can't be mistaken for a local one
 * @param name the name to show, not empty; it may change, so never key data by it
 * @param roles the roles, possibly none; copied
 */
public record Principal(String id, String name, Set<String> roles) {
  /**
   * Checks and copies.
   *
   * @throws IllegalArgumentException if the id or the name is empty
   */
  public Principal {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(name, "name");
    if (id.isEmpty() || name.isEmpty()) {
      throw new IllegalArgumentException(
          "A principal needs an id and a name; neither can be empty");
    }
    roles = Set.copyOf(roles);
  }

  /**
   * Whether this principal has the role; roles are compared exactly.
   *
   * @param role the role to look for
   * @return true if it has it
   */
  public boolean hasRole(String role) {
    return roles.contains(role);
  }
}
