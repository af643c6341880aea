package dev.sallyport.jwt.key;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** Where another issuer's keys are fetched from. It is asked once at a time. */
interface KeySource {
  /** Fetches the keys; ends exceptionally, within the limit, if they can't be fetched. */
  CompletableFuture<Document> fetch(Instant now);

  /** How long a fetch may take. */
  Duration limit();

  /** A response. */
  final class Document {
    final byte[] utf8;

    /** When everything that it depends on was last known to be up to date. */
    final Instant since;

    Document(byte[] utf8, Instant since) {
      this.utf8 = utf8;
      this.since = since;
    }
  }

  /** What made a future end exceptionally. */
  static Throwable cause(Throwable fault) {
    return fault.getCause() == null ? fault : fault.getCause();
  }
}
