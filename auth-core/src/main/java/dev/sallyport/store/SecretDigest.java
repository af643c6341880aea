package dev.sallyport.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The SHA-256 of a secret that was issued. It is all that a store keeps of the secret, and what the
 * secret's record is found by: whoever reads the store finds nothing that can be presented.
 * Immutable; {@code toString} shows nothing.
 */
public final class SecretDigest {
  private static final int BYTES = 32;
  private static final MessageDigest SHA_256 = sha256();

  /** Four numbers in place of an array: a record's key costs 48 bytes. */
  private final long first;

  private final long second;
  private final long third;
  private final long fourth;

  private SecretDigest(byte[] digest) {
    ByteBuffer buffer = ByteBuffer.wrap(digest);
    first = buffer.getLong();
    second = buffer.getLong();
    third = buffer.getLong();
    fourth = buffer.getLong();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java runtime has no SHA-256", e);
    }
  }

  /**
   * Hashes a secret.
   *
   * @param secret the secret as the client sends it; anything but ASCII gives a digest that was
   *     never issued
   * @return its digest
   */
  public static SecretDigest of(String secret) {
    return of(secret.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Hashes a secret that is at hand as bytes.
   *
   * @param secret the secret in UTF-8
   * @return its digest
   */
  public static SecretDigest of(byte[] secret) {
    try {
      MessageDigest copy = (MessageDigest) SHA_256.clone(); // a third of the time of getInstance
      return new SecretDigest(copy.digest(secret));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("This Java runtime's SHA-256 can't be cloned", e);
    }
  }

  /**
   * Reads what a store has kept, or what another system has hashed.
   *
   * @param text a SHA-256 in base64url without padding, as {@link #text} gives it
   * @return the digest
   * @throws IllegalArgumentException if it is anything else
   */
  public static SecretDigest stored(String text) {
    byte[] digest = Base64.getUrlDecoder().decode(text);
    if (digest.length != BYTES) {
      throw new IllegalArgumentException("A SHA-256 digest has 32 bytes, not " + digest.length);
    }
    SecretDigest read = new SecretDigest(digest);
    if (!read.text().equals(text)) {
      throw new IllegalArgumentException(
          "A SHA-256 is 43 characters without padding or stray bits");
    }
    return read;
  }

  /** {@return the digest for a store to keep: 43 characters of base64url} */
  public String text() {
    ByteBuffer buffer = ByteBuffer.allocate(BYTES);
    buffer.putLong(first).putLong(second).putLong(third).putLong(fourth);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.array());
  }

  /** Takes the same time however much is equal. */
  @Override
  public boolean equals(Object other) {
    return other instanceof SecretDigest that
        && ((first ^ that.first)
                | (second ^ that.second)
                | (third ^ that.third)
                | (fourth ^ that.fourth))
            == 0;
  }

  @Override
  public int hashCode() {
    return (int) first;
  }

  @Override
  public String toString() {
    return "SecretDigest[hidden]";
  }
}
