package dev.sallyport.jwt.jws;

import dev.sallyport.jwt.json.Base64Url;
import dev.sallyport.jwt.json.JsonWriter;
import dev.sallyport.jwt.json.StrictText;
import dev.sallyport.jwt.key.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Signs bytes in compact form (RFC 7515). Immutable and safe for many threads.
 *
 * <pre>{@code
 * String token = JwsSigner.of(key).sign(payload);
 * }</pre>
 */
public final class JwsSigner {
  private static final byte[] DOT = {'.'};

  private final SigningKey key;

  /** The encoded header, including the dot after it. */
  private final byte[] header;

  private JwsSigner(SigningKey key, @Nullable String type) {
    this.key = key;
    Map<String, String> members = new LinkedHashMap<>();
    members.put("alg", key.algorithm().jwaName());
    key.keyId().ifPresent(id -> members.put("kid", id));
    if (type != null) {
      members.put("typ", type);
    }
    this.header = joined(Base64Url.encoded(JsonWriter.write(members)), DOT);
  }

  /**
   * Creates a signer with this key.
   *
   * @param key the key; its id, if it has one, goes into the header
   * @return the signer
   */
  public static JwsSigner of(SigningKey key) {
    return new JwsSigner(Objects.requireNonNull(key, "key"), null);
  }

  /**
   * Returns the same signer, with a {@code typ} in the header.
   *
   * @param type for example {@code at+jwt}; without control characters or unpaired surrogates
   * @return a new signer
   * @throws IllegalArgumentException if it has any of those
   */
  public JwsSigner withType(String type) {
    if (!StrictText.isPlain(type)) {
      throw new IllegalArgumentException(
          "A type must not have control characters or unpaired surrogates");
    }
    return new JwsSigner(key, type);
  }

  /**
   * Signs a payload.
   *
   * @param payload the bytes to sign; they need not be JSON
   * @return the token
   * @throws dev.sallyport.StoreUnavailableException if the key's provider or service can't sign,
   *     permanently or for now
   */
  public String sign(byte[] payload) {
    byte[] content = joined(header, Base64Url.encoded(payload));
    byte[] signature = Base64Url.encoded(key.sign(content));
    return new String(joined(joined(content, DOT), signature), StandardCharsets.ISO_8859_1);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  @Override
  public String toString() {
    return "JwsSigner[" + key + "]";
  }
}
