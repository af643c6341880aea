package com.example.snippets;

import dev.sallyport.store.TokenStore;
import dev.sallyport.testkit.TokenStoreContract;

class MyTokensTest extends TokenStoreContract {
  @Override
  protected TokenStore store() {
    return TokenStore.inMemory();
  }
}
