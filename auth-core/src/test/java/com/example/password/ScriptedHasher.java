package com.example.password;

import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordHasher;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hashes that a test can write down: {@code tag:password}. It protects nothing. It counts, it can
 * block or throw while it computes, and hashes of another tag than today's are to be upgraded.
 */
public final class ScriptedHasher implements PasswordHasher {
  private final AtomicInteger computed = new AtomicInteger();
  private volatile String tag = "";
  private volatile Runnable whileComputing = () -> {};

  /** Makes hashes of this tag the current ones; before that, all are. */
  public ScriptedHasher tag(String tag) {
    this.tag = tag;
    return this;
  }

  public ScriptedHasher whileComputing(Runnable work) {
    this.whileComputing = work;
    return this;
  }

  /** How many hashes were computed, to store or to check. */
  public int computed() {
    return computed.get();
  }

  private void compute() {
    computed.incrementAndGet();
    whileComputing.run();
  }

  @Override
  public boolean recognises(String stored) {
    return stored.indexOf(':') >= 0;
  }

  @Override
  public boolean accepts(Password password) {
    return password.isWellFormed() && password.byteLength() <= maxBytes() && !password.hasNul();
  }

  @Override
  public boolean verify(Password password, String stored) {
    compute();
    return stored.substring(stored.indexOf(':') + 1).equals(password.reveal());
  }

  @Override
  public String hash(Password password, SecureRandom random) {
    compute();
    return tag + ":" + password.reveal();
  }

  @Override
  public boolean isCurrent(String stored) {
    return tag.isEmpty() || stored.startsWith(tag + ":");
  }

  @Override
  public int maxBytes() {
    return 72;
  }
}
