package dev.sallyport.spring;

import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import java.util.function.Supplier;

/**
 * Looks on while a store is called. What it is told is written in code: the store, {@code users},
 * {@code tokens} or {@code counts}, and the operation; never a key or a name. Safe for many
 * threads.
 */
interface StoreCalls {
  /** Calls, and returns what the store has said or throws what it has thrown. */
  <T> T call(String store, String operation, Supplier<T> asked);

  default CredentialStore around(CredentialStore users) {
    return users instanceof AccountStore accounts
        ? new ObservedAccounts(accounts, this)
        : new ObservedUsers(users, this);
  }

  default TokenStore around(TokenStore tokens) {
    return new ObservedTokens(tokens, this);
  }

  default ThrottleStore around(ThrottleStore counts) {
    return new ObservedCounts(counts, this);
  }
}
