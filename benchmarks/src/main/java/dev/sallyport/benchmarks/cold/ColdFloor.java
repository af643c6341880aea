package dev.sallyport.benchmarks.cold;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The least: the JDK's HMAC and Base64, and a comparison. */
final class ColdFloor {
  private ColdFloor() {}

  /** Verifies the token of the second argument with the secret of the first. */
  public static void main(String[] args) throws Exception {
    String token = args[1];
    int dot = token.lastIndexOf('.');
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getUrlDecoder().decode(args[0]), "HmacSHA256"));
    mac.update(token.substring(0, dot).getBytes(StandardCharsets.ISO_8859_1));
    byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
    if (!MessageDigest.isEqual(mac.doFinal(), signature)) {
      throw new IllegalStateException("The signature is wrong");
    }
  }
}
