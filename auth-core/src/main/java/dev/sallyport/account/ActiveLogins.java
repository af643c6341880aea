package dev.sallyport.account;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.credential.UserCredentials;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import java.util.List;
import java.util.Set;

/**
 * Where a user is logged in: sessions, and families of refresh tokens. For the user themselves, and
 * for an administrator. Thread-safe; it blocks while a store is asked.
 *
 * <p>To end all of them, or all others, see {@link Accounts#logOutEverywhere}.
 */
public final class ActiveLogins {
  private static final Set<TokenKind> KINDS = Set.of(TokenKind.SESSION, TokenKind.FAMILY);

  private final UserCredentials credentials;

  ActiveLogins(AuthEnvironment environment, TokenStore tokens, CredentialStore users) {
    credentials = UserCredentials.of(environment, tokens, users, KINDS);
  }

  /**
   * Lists where a user is logged in.
   *
   * @param userId the user
   * @return the records that are still good, oldest first; they hold no secret
   * @throws StoreUnavailableException if a store could not answer
   */
  public List<TokenRecord> list(String userId) {
    return credentials.list(userId);
  }

  /**
   * Ends one of them.
   *
   * @param userId the user
   * @param id its public id; it can be anything
   * @return true if this call ended it; false if the user has none of that id
   * @throws StoreUnavailableException if the store could not answer
   */
  public boolean end(String userId, String id) {
    return credentials.end(userId, id);
  }

  @Override
  public String toString() {
    return "ActiveLogins";
  }
}
