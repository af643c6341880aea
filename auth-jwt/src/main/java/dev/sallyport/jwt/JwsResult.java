package dev.sallyport.jwt;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of a token. */
public sealed interface JwsResult {
  /**
   * The signature is that of one of the verifier's keys. Nothing but a verifier can make this.
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

    /**
     * What was signed.
     *
     * @return a copy of the bytes; they need not be JSON, and may be none
     */
    public byte[] payload() {
      return payload.clone();
    }

    /**
     * Whose signature it is.
     *
     * @return the key
     */
    public VerificationKey key() {
      return key;
    }

    /**
     * What the header says that this is.
     *
     * @return its {@code typ}, if it has one
     */
    public Optional<String> type() {
      return Optional.ofNullable(type);
    }

    @Override
    public String toString() {
      return "Verified[" + key + "]";
    }
  }

  /**
   * It is refused.
   *
   * @param refusal why; not for the client
   */
  record Refused(JwsRefusal refusal) implements JwsResult {}
}
