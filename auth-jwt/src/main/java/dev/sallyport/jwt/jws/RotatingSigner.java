package dev.sallyport.jwt.jws;

import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.SigningKeySet;
import org.jspecify.annotations.Nullable;

/** Signs tokens of one type with whatever key of a set is the current one. */
public final class RotatingSigner {
  private final SigningKeySet keys;
  private final String type;
  private volatile @Nullable Ready ready;

  /** A signer with its header, for as long as the key is the current one. */
  private record Ready(SigningKey key, JwsSigner signer) {}

  public RotatingSigner(SigningKeySet keys, String type) {
    this.keys = keys;
    this.type = type;
  }

  public String sign(byte[] payload) {
    SigningKey current = keys.current();
    Ready latest = ready;
    if (latest == null || latest.key != current) {
      latest = new Ready(current, JwsSigner.of(current).withType(type));
      ready = latest;
    }
    return latest.signer.sign(payload);
  }
}
