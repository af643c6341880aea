package dev.sallyport.jwt;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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

  /** Up to the dot behind it. */
  private final byte[] header;

  private JwsSigner(SigningKey key, @Nullable String type) {
    this.key = key;
    StringBuilder json =
        new StringBuilder("{\"alg\":").append(StrictJson.quoted(key.algorithm().jwaName()));
    key.keyId().ifPresent(id -> json.append(",\"kid\":").append(StrictJson.quoted(id)));
    if (type != null) {
      json.append(",\"typ\":").append(StrictJson.quoted(type));
    }
    byte[] utf8 = json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    this.header = joined(Base64Url.encoded(utf8), DOT);
  }

  /**
   * Signs with this key.
   *
   * @param key the key; its id, if it has one, stands in the header
   * @return the signer
   */
  public static JwsSigner of(SigningKey key) {
    return new JwsSigner(Objects.requireNonNull(key, "key"), null);
  }

  /**
   * The same, with a {@code typ} in the header.
   *
   * @param type for example {@code at+jwt}; without control characters and unpaired surrogates
   * @return a new signer
   * @throws IllegalArgumentException if it has such
   */
  public JwsSigner withType(String type) {
    if (!KeyRules.isPlainText(type)) {
      throw new IllegalArgumentException(
          "A type has no control characters and no unpaired surrogates");
    }
    return new JwsSigner(key, type);
  }

  /**
   * Signs.
   *
   * @param payload what is signed; it need not be JSON
   * @return the token
   * @throws dev.sallyport.StoreUnavailableException if what signs can't, or can't now
   */
  public String sign(byte[] payload) {
    byte[] content = joined(header, Base64Url.encoded(payload));
    byte[] signature = Base64Url.encoded(key.sign(content, content.length));
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
