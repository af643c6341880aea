package com.example.jws;

import dev.sallyport.jwt.key.VerificationKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The result of verifying a signed token. */
public sealed interface JwsResult {
  /**
   * The signature was made by one of the verifier's keys. Only a verifier can create this.
   * Immutable; {@code toString} shows no payload.
   */
  final class Verified implements JwsResult {
    private final VerificationKey key;
    private final byte[] payload;
    private final @Nullable String type;

    Verified(VerificationKey key, byte[] payload, @Nullable String type) {
      this.key = key;
      this.payload = payload;
      this.type = type;
    }

    /** {@return a copy of the bytes that were signed; they need not be JSON, and may be empty} */
    public byte[] payload() {
      return payload.clone();
    }

    /** {@return the key that verified the signature} */
    public VerificationKey key() {
      return key;
    }

    /** {@return the {@code typ} of the header, if it has one} */
    public Optional<String> type() {
      return Optional.ofNullable(type);
    }

    @Override
    public String toString() {
      return "Verified[" + key + "]";
    }
  }

  /**
   * The token is refused.
   *
   * @param refusal the reason, which is not meant for the client
   */
  public record Refused(JwsRefusal refusal) implements JwsResult {}
}
