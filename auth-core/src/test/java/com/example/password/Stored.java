package com.example.password;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.sallyport.testkit.Secrets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Hashes as other programs have stored them, at costs that a test can afford. */
final class Stored {
  private Stored() {}

  /** bcrypt of cost 4, by the library that does the arithmetic. */
  static String bcrypt(String version, String password) {
    return bcrypt(version, password.getBytes(StandardCharsets.UTF_8));
  }

  static String bcrypt(String version, byte[] password) {
    Secrets.remember(new String(password, StandardCharsets.UTF_8));
    byte[] salt = "sixteen bytes ok".getBytes(StandardCharsets.US_ASCII);
    byte[] hash = BCrypt.with(BCrypt.Version.VERSION_2A).hash(4, salt, password);
    return "$" + version + new String(hash, StandardCharsets.US_ASCII).substring(3);
  }

  static String django(String password, String salt, int iterations) {
    Secrets.remember(password);
    try {
      byte[] hash =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
              .generateSecret(
                  new PBEKeySpec(
                      password.toCharArray(),
                      salt.getBytes(StandardCharsets.UTF_8),
                      iterations,
                      256))
              .getEncoded();
      String encoded = Base64.getEncoder().encodeToString(hash);
      return "pbkdf2_sha256$" + iterations + "$" + salt + "$" + encoded;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String spring(String password) {
    return "{bcrypt}" + bcrypt("2a", password);
  }
}
