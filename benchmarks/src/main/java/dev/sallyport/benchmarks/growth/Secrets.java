package dev.sallyport.benchmarks.growth;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.benchmarks.OneField;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/** A field of requests with many values, any of which a request may come with. */
final class Secrets {
  private final InetAddress client = InetAddress.getLoopbackAddress();
  private final String field;
  private final byte[][] values;
  private int size;

  Secrets(String field, int most) {
    this.field = field;
    this.values = new byte[most][];
  }

  void add(String value) {
    values[size++] = value.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Asks a chain about a request with one of them. */
  AuthResult any(AuthenticatorChain chain) {
    OneField one = OneField.of(field, values[ThreadLocalRandom.current().nextInt(size)]);
    return chain.authenticate(
        AuthRequest.builder("GET", "/", null, client, true).headers(one).build());
  }

  /** Sees that a chain takes them. */
  void check(AuthenticatorChain chain) {
    for (int i = 0; i < 100; i++) {
      AuthResult result = any(chain);
      if (!(result instanceof Authenticated)) {
        throw new IllegalStateException("The chain says " + result);
      }
    }
  }
}
