package dev.sallyport.token;

import dev.sallyport.Authenticated;
import dev.sallyport.issue.Found;
import dev.sallyport.store.TokenRecord;
import java.time.Instant;
import java.util.Map;

/** What a good token says of its request. */
final class TokenResult {
  private TokenResult() {}

  static Authenticated.Builder of(Found found, String scheme) {
    TokenRecord record = found.record();
    Authenticated.Builder result =
        Authenticated.builder(found.user().principal(), scheme)
            .credentialId(record.id())
            .epoch(found.user().epoch())
            .attributes(Map.of("label", record.label()));
    record.scopes().ifPresent(result::scopes);
    record.expiresAt().ifPresent(result::expiresAt);
    Instant proved = record.authenticatedAt();
    return proved.equals(Instant.EPOCH) ? result : result.authenticatedAt(proved);
  }
}
