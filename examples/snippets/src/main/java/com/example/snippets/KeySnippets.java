package com.example.snippets;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.jwt.key.KeyFile;
import dev.sallyport.jwt.key.SigningKey;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.time.Duration;

/** docs/jwt-keys.md, where keys are kept. */
public final class KeySnippets {
  private KeySnippets() {}

  /** All keys in a file. */
  public static JwtKeys file(AuthEnvironment environment, Path path) {
    KeyFile file = KeyFile.openOrCreate(environment, path, JwsAlgorithm.ES256);
    JwtKeys keys = file.keys();
    return keys;
  }

  /** Next keys in the file. */
  public static void rotate(KeyFile file) {
    file.rotate(Duration.ofHours(1), Duration.ofDays(30));
  }

  /** Another algorithm. */
  public static void change(AuthEnvironment environment, KeyFile file) {
    SigningKey next = SigningKey.generate(JwsAlgorithm.EDDSA, environment.random());
    file.change(keys -> keys.signing().rotate(next, Duration.ofHours(1)));
  }

  /** After a leak. */
  public static void leaked(KeyFile file) {
    file.replaceAll();
  }

  /** A key in a PKCS#12 file. */
  public static SigningKey pkcs12(File file, char[] password)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(file, password);
    SigningKey key = SigningKey.of(JwsAlgorithm.ES256, store, "jwt", password);
    return key;
  }

  /** A key that a device keeps. */
  public static SigningKey device(char[] pin) throws GeneralSecurityException, IOException {
    Provider device = Security.getProvider("SunPKCS11").configure("/etc/host/pkcs11.cfg");
    KeyStore store = KeyStore.getInstance("PKCS11", device);
    store.load(null, pin);
    SigningKey key = SigningKey.of(JwsAlgorithm.ES256, store, "jwt");
    return key;
  }
}
