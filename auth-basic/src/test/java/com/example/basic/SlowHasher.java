package com.example.basic;

import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordHasher;
import java.security.SecureRandom;
import java.util.concurrent.CountDownLatch;

/** Hashes as another does, and then holds its turn until it is told to stop. */
record SlowHasher(PasswordHasher hasher, CountDownLatch taken, CountDownLatch done)
    implements PasswordHasher {
  @Override
  public boolean recognises(String stored) {
    return hasher.recognises(stored);
  }

  @Override
  public boolean accepts(Password password) {
    return hasher.accepts(password);
  }

  @Override
  public boolean verify(Password password, String stored) {
    return hasher.verify(password, stored);
  }

  @Override
  public String hash(Password password, SecureRandom random) {
    taken.countDown();
    try {
      done.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return hasher.hash(password, new SecureRandom());
  }

  @Override
  public boolean isCurrent(String stored) {
    return hasher.isCurrent(stored);
  }

  @Override
  public int maxBytes() {
    return hasher.maxBytes();
  }
}
