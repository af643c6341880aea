package dev.sallyport.testkit;

import dev.sallyport.store.TokenStore;

/**
 * Tests that every {@link TokenStore} must pass, run by a class that implements this. Their time is
 * far ahead of the clock, so that a database that drops expired records by its own clock keeps them
 * all.
 *
 * <pre>{@code
 * class MyTokensTest implements TokenStoreContract {
 *   public TokenStore store() { return new MyTokens(emptyDatabase()); }
 * }
 * }</pre>
 */
public interface TokenStoreContract
    extends TokenStoreFinds,
        TokenStoreReplacements,
        TokenStoreUses,
        TokenStoreRemovals,
        TokenStoreLists,
        TokenStoreLimits,
        TokenStoreRaces {
  /** {@return a new store without records} It is called once for each test. */
  @Override
  TokenStore store();

  /**
   * Whether expired records are removed by {@link TokenStore#prune}.
   *
   * @return false for a store that drops them by itself, so that there is nothing to prune
   */
  @Override
  default boolean prunes() {
    return true;
  }

  /**
   * Whether the store can keep a record with such a user id or public id.
   *
   * @param id an id that nobody in their right mind would assign
   * @return false if an insertion throws {@link IllegalArgumentException}; a look-up of such an id
   *     must find nothing all the same
   */
  @Override
  default boolean keeps(String id) {
    return true;
  }
}
