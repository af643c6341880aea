package dev.sallyport.jwt.key;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Keeps keys up to date with their file. The file is compared by its content, since times and sizes
 * can be the same for two versions. While it can't be used, the last good keys stay.
 */
final class KeyWatch {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final Duration BETWEEN_REPORTS = Duration.ofMinutes(1);
  private static final int MAX_READING = 16;

  private final AuthEnvironment environment;
  private final PrivateFile file;
  private final JwtKeys keys;
  private final AtomicBoolean looking = new AtomicBoolean();
  private final Semaphore reading = new Semaphore(MAX_READING);
  private volatile byte[] digest;
  private volatile Instant looked;

  /** When an event last said that the file can't be used; null while it can. */
  private volatile @Nullable Instant reported;

  /**
   * Reads the keys for the first time.
   *
   * @throws IllegalArgumentException if the file can't be used
   */
  KeyWatch(AuthEnvironment environment, PrivateFile file) throws IOException {
    this.environment = environment;
    this.file = file;
    this.looked = environment.now();
    byte[] content = file.readPrivate();
    this.digest = digest(content);
    this.keys = keysIn(content).watchedBy(this);
  }

  JwtKeys keys() {
    return keys;
  }

  /** What the file holds now, as keys that can be changed. */
  JwtKeys read() throws IOException {
    return keysIn(file.readPrivate());
  }

  private JwtKeys keysIn(byte[] content) {
    try {
      return JwtKeys.read(environment, content);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "There are no usable keys in the " + file + ": " + e.getMessage(), e);
    }
  }

  /** Whether the last look was a second ago or more, and no thread looks at the moment. */
  boolean isDue() {
    return !isRecent(looked, environment.now(), BETWEEN_LOOKS) && !looking.get();
  }

  /** Looks if it is due; while one thread looks, others go on. */
  void lookIfDue() {
    if (isDue() && looking.compareAndSet(false, true)) {
      try {
        looked = environment.now();
        reload();
      } catch (IOException | RuntimeException e) {
        report(e);
      } finally {
        looking.set(false);
      }
    }
  }

  /**
   * Looks at once. That costs a stranger's token about as much as an RS256 signature would (40 us
   * on JDK 17); a file that can't be used costs more to read, and is looked at when it is due. If
   * the file system hangs, a few threads wait for it and no more.
   */
  void look() {
    if (reported != null) {
      lookIfDue();
      return;
    }
    if (!acquired()) {
      throw new StoreUnavailableException(MAX_READING + " threads are waiting to read the " + file);
    }
    try {
      reload();
    } catch (IOException | RuntimeException e) {
      report(e);
    } finally {
      reading.release();
    }
  }

  private boolean acquired() {
    try {
      return reading.tryAcquire(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** After a clock was set back, nothing counts as recent. */
  private static boolean isRecent(@Nullable Instant then, Instant now, Duration interval) {
    return then != null && !now.isBefore(then) && now.isBefore(then.plus(interval));
  }

  /**
   * Takes over what is in the file. What is read is used only if nothing was taken over since the
   * reading began, so that a slow thread doesn't bring back older keys.
   *
   * @return whether it was something new
   */
  boolean reload() throws IOException {
    while (true) {
      byte[] former = digest;
      byte[] content = file.read();
      byte[] next = digest(content);
      if (MessageDigest.isEqual(former, next)) {
        reported = null;
        return false;
      }
      file.requireOwnerOnly();
      JwtKeys read = keysIn(content);
      if (replaced(former, next, read)) {
        reported = null;
        String signer = read.signing().current().keyId().orElseThrow();
        publish("keys_changed", Map.of("file", file.path(), "signing", signer));
        return true;
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // the same content can come back
  private synchronized boolean replaced(byte[] former, byte[] next, JwtKeys read) {
    if (digest != former) {
      return false;
    }
    SigningKeySet.replace(keys, read);
    digest = next; // last, so that whoever compares with it finds its keys
    return true;
  }

  private void report(Exception fault) {
    Instant now = environment.now();
    if (isRecent(reported, now, BETWEEN_REPORTS)) {
      return;
    }
    reported = now;
    boolean ours = fault instanceof IllegalArgumentException;
    String reason = ours ? String.valueOf(fault.getMessage()) : fault.getClass().getName();
    publish("key_file_unusable", Map.of("file", file.path(), "reason", reason));
  }

  private void publish(String type, Map<String, String> details) {
    environment.publish(new AuthEvent.SchemeEvent(environment.now(), "jwt", type, details));
  }

  private static byte[] digest(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java runtime has no SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
