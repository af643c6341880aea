package dev.sallyport.account;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.UUID;

/** Ids of 122 random bits, in the form of a version 4 UUID (RFC 9562 section 5.4). */
final class Uuid4 {
  private Uuid4() {}

  static String create(SecureRandom random) {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    bytes[6] = (byte) ((bytes[6] & 0x0F) | 0x40);
    bytes[8] = (byte) ((bytes[8] & 0x3F) | 0x80);
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong()).toString();
  }
}
