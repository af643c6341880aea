package com.example.store;

import dev.sallyport.StoreUnavailableException;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Fills a store; as a program, with as many as there may be. */
final class ManySessions {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private ManySessions() {}

  public static void main(String[] args) {
    TokenStore store = TokenStore.inMemory();
    insert(store, 1_000_000);
    System.out.println(store);
    try {
      insert(store, 1);
    } catch (StoreUnavailableException e) {
      System.out.println(e.getMessage());
    }
  }

  static void insert(TokenStore store, int count) {
    for (int i = 0; i < count; i++) {
      store.insert(session(), TokenLimit.NONE, NOW);
    }
  }

  /** Each text is a new one, as it is where it comes out of a request or a database. */
  private static TokenRecord session() {
    String user = UUID.randomUUID().toString();
    String id = user.substring(0, 22);
    String binding = (user + user).substring(0, 40);
    String client = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/1 " + id;
    return TokenRecord.builder(TokenKind.SESSION, SecretDigest.of(user), id, user, NOW)
        .idleExpiresAt(NOW.plus(Duration.ofMinutes(30)))
        .expiresAt(NOW.plus(Duration.ofHours(8)))
        .client(client)
        .attributes(Map.of("sallyport.binding", binding))
        .build();
  }
}
