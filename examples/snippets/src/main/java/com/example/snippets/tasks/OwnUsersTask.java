package com.example.snippets.tasks;

import dev.sallyport.AuthenticatorChain;
import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import java.util.Optional;
import java.util.function.Function;

/** The users of a table of the host's own. */
public final class OwnUsersTask {
  private OwnUsersTask() {}

  /** The table, asked by name and by id. */
  public record Members(
      Function<String, Optional<User>> byName, Function<String, Optional<User>> byId)
      implements CredentialStore {
    @Override
    public Optional<User> findByName(String name) {
      return byName.apply(name);
    }

    @Override
    public Optional<User> findById(String id) {
      return byId.apply(id);
    }
  }

  /** A chain over the table. */
  public static AuthenticatorChain chain(Members members, TokenStore tokens) {
    Sallyport auth = Sallyport.of(members, tokens);
    return auth.chain(BasicAuthenticator.of(auth));
  }
}
