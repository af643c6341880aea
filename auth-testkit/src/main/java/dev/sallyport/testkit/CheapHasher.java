package dev.sallyport.testkit;

import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordHasher;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A hasher that takes no time, and so protects nothing: for tests. It counts the hashes it
 * computes, and {@linkplain Secrets remembers} the passwords.
 */
public final class CheapHasher implements PasswordHasher {
  private static final String TAG = "cheap$";

  private final AtomicInteger computed = new AtomicInteger();

  private CheapHasher() {}

  /** {@return a new hasher with bcrypt's limit of 72 bytes, which has computed nothing yet} */
  public static CheapHasher create() {
    return new CheapHasher();
  }

  /** {@return how many hashes have been computed so far, to store or to check} */
  public int computed() {
    return computed.get();
  }

  @Override
  public boolean recognises(String stored) {
    return stored.matches("cheap\\$[0-9a-f]{64}");
  }

  @Override
  public boolean accepts(Password password) {
    return password.isWellFormed() && password.byteLength() <= maxBytes() && !password.hasNul();
  }

  @Override
  public boolean verify(Password password, String stored) {
    return MessageDigest.isEqual(
        digest(password).getBytes(StandardCharsets.US_ASCII),
        stored.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public String hash(Password password, SecureRandom random) {
    if (!accepts(password)) {
      throw new IllegalArgumentException("The password is not accepted");
    }
    return digest(password);
  }

  private String digest(Password password) {
    computed.incrementAndGet();
    Secrets.remember(password.reveal());
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return TAG + HexFormat.of().formatHex(sha.digest(password.revealUtf8()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public boolean isCurrent(String stored) {
    return stored.startsWith(TAG);
  }

  @Override
  public int maxBytes() {
    return 72;
  }
}
