package dev.sallyport.jwt.key;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.jwt.fetch.RemoteJson;
import dev.sallyport.jwt.json.JsonObject;
import dev.sallyport.jwt.json.StrictJson;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * An issuer's metadata, which says where its keys are (OpenID Connect Discovery 1.0 section 4). It
 * is fetched anew with the keys; while there is no good one, the last good one is used.
 */
final class Discovery implements KeySource {
  private final AuthEnvironment environment;
  private final String issuer;
  private final boolean secure;
  private final boolean named;
  private final RemoteJson metadata;
  private final HttpClient client;
  private final Duration timeout;
  private volatile @Nullable Found good;

  /** What the last good metadata said, and when. */
  private record Found(KeyLocation keys, Instant at) {}

  Discovery(
      AuthEnvironment environment, String issuer, URI uri, HttpClient client, Duration timeout) {
    this.environment = environment;
    this.issuer = issuer;
    this.secure = RemoteJson.isHttps(uri);
    this.named = RemoteJson.hasName(uri);
    this.metadata = new RemoteJson(uri, client, timeout, "application/json");
    this.client = client;
    this.timeout = timeout;
  }

  /**
   * Keys are only as fresh as the metadata that led to them: otherwise both could be kept one after
   * the other, twice as long as was promised.
   */
  @Override
  public CompletableFuture<Document> fetch(Instant now) {
    return metadata
        .fetch()
        .thenApply(utf8 -> found(utf8, now))
        .exceptionally(fault -> lastGood(fault, now))
        .thenCompose(
            found ->
                found.keys.fetch(now).thenApply(document -> new Document(document.utf8, found.at)));
  }

  private Found found(byte[] utf8, Instant now) {
    try {
      JsonObject document = StrictJson.read(utf8);
      requireIssuer(document.text("issuer"));
      Found found = new Found(new KeyLocation(keys(document), client, timeout), now);
      good = found;
      return found;
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  private void requireIssuer(@Nullable String named) throws IOException {
    if (named != null && named.contains("{")) {
      throw new IOException(
          metadata
              + " names a placeholder as its issuer, as Entra ID's common endpoint does: trust each"
              + " tenant by its own issuer");
    }
    if (!issuer.equals(named)) {
      throw new IOException(
          metadata
              + " names another issuer than the configured one: they must be equal to the letter,"
              + " including a slash at the end");
    }
  }

  /** An issuer elsewhere may not send us to this machine, or to an address in our network. */
  private URI keys(JsonObject document) throws IOException {
    try {
      String text = document.text("jwks_uri");
      URI uri = text == null ? null : RemoteJson.checked(new URI(text));
      if (uri != null
          && (RemoteJson.isHttps(uri) || !secure)
          && (RemoteJson.hasName(uri) || !named)) {
        return uri;
      }
    } catch (URISyntaxException | IllegalArgumentException e) {
      // neither names what was wrong in another's document
    }
    throw new IOException(
        metadata
            + " has no jwks_uri that is an https URL without user info, with a name as its host");
  }

  /** Reported here only if the keys can be fetched all the same: one fault is one event. */
  private Found lastGood(Throwable fault, Instant now) {
    Found former = good;
    if (former == null) {
      throw new CompletionException(KeySource.cause(fault));
    }
    environment.publish(
        new AuthEvent.StoreOutage(
            now, "issuer_metadata", KeySource.cause(fault).getClass().getName()));
    return former;
  }

  @Override
  public Duration limit() {
    return timeout.multipliedBy(2);
  }

  @Override
  public String toString() {
    return metadata.toString();
  }
}
