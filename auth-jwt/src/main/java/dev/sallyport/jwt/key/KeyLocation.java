package dev.sallyport.jwt.key;

import dev.sallyport.jwt.fetch.RemoteJson;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** The URL of a JWK Set (RFC 7517 section 5). */
final class KeyLocation implements KeySource {
  private final RemoteJson keys;
  private final Duration timeout;

  KeyLocation(URI uri, HttpClient client, Duration timeout) {
    this.keys = new RemoteJson(uri, client, timeout, "application/jwk-set+json, application/json");
    this.timeout = timeout;
  }

  @Override
  public CompletableFuture<Document> fetch(Instant now) {
    return keys.fetch().thenApply(utf8 -> new Document(utf8, now));
  }

  @Override
  public Duration limit() {
    return timeout;
  }

  @Override
  public String toString() {
    return keys.toString();
  }
}
