package dev.sallyport.jwt.key;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.jwt.key.PublishedKeys.PassedOver;
import java.security.Provider;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A good response of another issuer.
 *
 * @param passedOver the members that can't be used
 * @param since when everything that it depends on was last known to be up to date
 */
record FetchedKeys(KeyTable keys, List<PassedOver> passedOver, Instant since) {
  /**
   * Reads a response.
   *
   * @param former the response before it, if there was one
   * @param provider checks signatures; null for the JDK's
   * @throws IllegalArgumentException if it is not a JWK Set
   */
  static FetchedKeys read(
      KeySource.Document document,
      @Nullable FetchedKeys former,
      AuthEnvironment environment,
      @Nullable Provider provider) {
    PublishedKeys read = PublishedKeys.read(document.utf8, key -> known(key, former, provider));
    List<KeyTable.Entry> entries =
        read.keys().stream().map(key -> new KeyTable.Entry(key, null, null)).toList();
    return new FetchedKeys(new KeyTable(environment, entries), read.passedOver(), document.since);
  }

  /**
   * A key that is still published stays the same object, so that tokens verified with it stay
   * remembered.
   */
  private static VerificationKey known(
      VerificationKey fetched, @Nullable FetchedKeys former, @Nullable Provider provider) {
    if (former != null) {
      for (KeyTable.Entry entry : former.keys.entries()) {
        if (entry.key().isSame(fetched)) {
          return entry.key();
        }
      }
    }
    return provider == null ? fetched : fetched.withProvider(provider);
  }

  /** The members that can't be used, and were not in the response before it. */
  List<PassedOver> newlyPassedOver(@Nullable FetchedKeys former) {
    List<PassedOver> reported = new ArrayList<>(former == null ? List.of() : former.passedOver);
    List<PassedOver> others = new ArrayList<>();
    for (PassedOver member : passedOver) {
      if (!reported.remove(member)) {
        others.add(member);
      }
    }
    return others;
  }
}
