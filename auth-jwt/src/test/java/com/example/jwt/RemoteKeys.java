package com.example.jwt;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.RemoteKeySet;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.SettableClock;
import java.security.KeyPair;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A verifier that fetches its keys from an issuer on loopback. */
final class RemoteKeys implements AutoCloseable {
  final KeyServer server = KeyServer.start();
  final SettableClock clock = SettableClock.create();
  final RecordingListener events = new RecordingListener();
  final CountingProvider provider = new CountingProvider();
  final SigningKey first = key("1");
  final RemoteKeySet keys = builder().build();
  final JwtVerifier verifier = Forge.builder(clock, keys).build();

  RemoteKeys() {
    server.publish(first.verificationKey());
  }

  RemoteKeySet.Builder builder() {
    return RemoteKeySet.builder(AuthEnvironment.standard().withListener(events), server.uri())
        .timeout(Duration.ofSeconds(20))
        .provider(provider);
  }

  static SigningKey key(String id) {
    KeyPair pair = Pairs.generate("EC", 256);
    return SigningKey.of(JwsAlgorithm.ES256, pair.getPublic(), pair.getPrivate()).withKeyId(id);
  }

  /** Lets others work until it is so; a test's own timeout ends what never is. */
  static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it is not so after 20 s");
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    server.stop();
  }
}
