package com.example.jwt.family;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A refresh token as it goes over the wire. Nodes of several versions share tokens, so its form is
 * written down here a second time: whoever changes one has to look at the other.
 */
final class Wire {
  static final String PREFIX = "sallyr_";

  private final byte[] family;
  private final long generation;
  private final byte[] secret;
  private final byte[] tag;
  private final String keyId;

  private Wire(byte[] family, long generation, byte[] secret, byte[] tag, String keyId) {
    this.family = family;
    this.generation = generation;
    this.secret = secret;
    this.tag = tag;
    this.keyId = keyId;
  }

  static Wire parse(String token) {
    ByteBuffer bytes = ByteBuffer.wrap(bytes(token));
    byte[] family = take(bytes, 12);
    long generation = bytes.getLong();
    byte[] secret = take(bytes, 32);
    byte[] tag = take(bytes, 32);
    return new Wire(
        family,
        generation,
        secret,
        tag,
        new String(take(bytes, bytes.remaining()), StandardCharsets.UTF_8));
  }

  static byte[] bytes(String token) {
    return Base64.getUrlDecoder().decode(token.substring(PREFIX.length()));
  }

  static String text(byte[] bytes) {
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] take(ByteBuffer buffer, int length) {
    byte[] taken = new byte[length];
    buffer.get(taken);
    return taken;
  }

  byte[] family() {
    return family.clone();
  }

  byte[] secret() {
    return secret.clone();
  }

  byte[] tag() {
    return tag.clone();
  }

  String keyId() {
    return keyId;
  }

  String text() {
    return text(
        joined(family, longBytes(generation), secret, tag, keyId.getBytes(StandardCharsets.UTF_8)));
  }

  Wire family(byte[] other) {
    return new Wire(other, generation, secret, tag, keyId);
  }

  Wire generation(long other) {
    return new Wire(family, other, secret, tag, keyId);
  }

  Wire secret(byte[] other) {
    return new Wire(family, generation, other, tag, keyId);
  }

  Wire tag(byte[] other) {
    return new Wire(family, generation, secret, other, keyId);
  }

  Wire keyId(String other) {
    return new Wire(family, generation, secret, tag, other);
  }

  /** With the tag that the key makes of it. */
  Wire taggedBy(byte[] key) {
    return tag(
        hmac(
            key,
            label("sallyport refresh tag"),
            family,
            longBytes(generation),
            secret,
            keyId.getBytes(StandardCharsets.UTF_8)));
  }

  /** What follows on it, made by the same key. */
  Wire successor(byte[] key) {
    byte[] next =
        hmac(key, label("sallyport refresh next"), family, longBytes(generation + 1), secret);
    return new Wire(family, generation + 1, next, tag, keyId).taggedBy(key);
  }

  private static byte[] label(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] longBytes(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] hmac(byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(joined(parts));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return "Wire[hidden]";
  }
}
