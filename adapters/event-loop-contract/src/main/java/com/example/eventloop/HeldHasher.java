package com.example.eventloop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordHasher;
import dev.sallyport.testkit.CheapHasher;
import java.security.SecureRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A cheap hasher that a test can hold while it checks. */
public final class HeldHasher implements PasswordHasher {
  private final CheapHasher cheap = CheapHasher.create();
  private final Semaphore begun = new Semaphore(0);
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile Runnable whileChecking = () -> {};

  HeldHasher() {}

  /** Whoever checks from now on waits for {@link #release()}. */
  public void hold() {
    begun.drainPermits();
    gate = new CountDownLatch(1);
  }

  /** Lets all go on who wait, and who come. */
  public void release() {
    gate.countDown();
  }

  /** Waits until so many checks have begun since the last call, or since {@link #hold()}. */
  public void awaitBegun(int checks) throws InterruptedException {
    assertThat(begun.tryAcquire(checks, 30, TimeUnit.SECONDS)).as("checks begin").isTrue();
  }

  /** Done at each check from now on, in the thread that checks. */
  public void whileChecking(Runnable work) {
    whileChecking = work;
  }

  /** How many hashes have been computed so far. */
  public int computed() {
    return cheap.computed();
  }

  @Override
  public boolean verify(Password password, String stored) {
    begun.release();
    try {
      assertThat(gate.await(60, TimeUnit.SECONDS)).as("the test releases").isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException("Nobody may interrupt a hash", e);
    }
    whileChecking.run();
    return cheap.verify(password, stored);
  }

  @Override
  public boolean recognises(String stored) {
    return cheap.recognises(stored);
  }

  @Override
  public boolean accepts(Password password) {
    return cheap.accepts(password);
  }

  /** What makes up for an unknown user takes as long. */
  @Override
  public void spend(long work, SecureRandom random) {
    verify(Password.of("nobody's"), cheap.hash(Password.of("nobody's password"), random));
  }

  @Override
  public String hash(Password password, SecureRandom random) {
    return cheap.hash(password, random);
  }

  @Override
  public boolean isCurrent(String stored) {
    return cheap.isCurrent(stored);
  }

  @Override
  public int maxBytes() {
    return cheap.maxBytes();
  }
}
