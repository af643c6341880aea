package com.example.snippets;

import dev.sallyport.store.TokenStore;
import dev.sallyport.testkit.TokenStoreContract;

class MyTokensTest implements TokenStoreContract {
  @Override
  public TokenStore store() {
    return TokenStore.inMemory();
  }
}
