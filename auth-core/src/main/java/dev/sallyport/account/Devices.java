package dev.sallyport.account;

import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where a user is logged in: sessions, and families of refresh tokens. For the user themselves, and
 * for an administrator. Safe for many threads; it blocks while a store is asked.
 *
 * <p>To end all of them, or all others, is a matter of the account: see {@link
 * Accounts#logOutEverywhere}.
 */
public final class Devices {
  private static final Set<TokenKind> KINDS = Set.of(TokenKind.SESSION, TokenKind.FAMILY);

  private final TokenStore tokens;
  private final CredentialStore users;
  private final Reports reports;

  Devices(TokenStore tokens, CredentialStore users, Reports reports) {
    this.tokens = tokens;
    this.users = users;
    this.reports = reports;
  }

  /**
   * Lists where a user is logged in.
   *
   * @param userId the user
   * @return the records that are still good, oldest first; they hold no secret
   * @throws StoreUnavailableException if a store could not answer
   */
  public List<TokenRecord> list(String userId) {
    Optional<User> user = users.findById(userId);
    return user.isEmpty()
        ? List.of()
        : tokens.list(userId, KINDS, reports.now()).stream()
            .filter(record -> record.epoch() >= user.get().epoch())
            .toList();
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
    Instant now = reports.now();
    for (TokenRecord record : tokens.list(userId, KINDS, now)) {
      if (record.id().equals(id)) {
        boolean ended = tokens.remove(record.kind(), record.key());
        if (ended) {
          String kind = record.kind().name().toLowerCase(Locale.ROOT);
          reports.publish(new AuthEvent.Ended(now, kind, id, userId, "revoked"));
        }
        return ended;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return "Devices";
  }
}
