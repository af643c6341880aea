package dev.sallyport.throttle;

import dev.sallyport.store.Username;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Names and addresses as keys: of fixed length and without what they stand for. */
record ThrottleKeys(String address, String account, String pair, String known) {
  /**
   * The keys of a name and a client.
   *
   * @param purpose what all keys begin with; at most 13 characters
   * @param knownPurpose the purpose whose known addresses count
   */
  static ThrottleKeys of(String purpose, String knownPurpose, String username, InetAddress client) {
    byte[] name = Username.key(username).getBytes(StandardCharsets.UTF_8);
    byte[] network = ClientNetwork.of(client).bytes();
    return new ThrottleKeys(
        purpose + "address:" + hash(network),
        purpose + "account:" + hash(name),
        purpose + "pair:" + hash(new byte[] {(byte) network.length}, network, name),
        knownPurpose + "known:" + hash(name));
  }

  /** How an account remembers this address. */
  String addressId() {
    return address.substring(address.lastIndexOf(':') + 1);
  }

  private static String hash(byte[]... parts) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(parts));
  }

  /** One digest over several parts, each of which the caller keeps apart from the next. */
  static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java runtime has no SHA-256", e);
    }
  }
}
