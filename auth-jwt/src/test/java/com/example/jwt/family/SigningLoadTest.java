package com.example.jwt.family;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.testkit.Race;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SigningLoadTest {
  private static final int ROTATIONS = 60;

  private final JwtFixture fixture = new JwtFixture();
  private final AtomicBoolean rotating = new AtomicBoolean(true);

  /** Logs in, uses and refreshes for as long as keys change; how often that went wrong. */
  private int failures() {
    int failures = 0;
    while (rotating.get()) {
      TokenPair pair = fixture.start();
      TokenPair next = fixture.first.next(pair);
      failures += fixture.first.takes(pair) && fixture.first.takes(next) ? 0 : 1;
    }
    return failures;
  }

  private int rotate() {
    for (int i = 0; i < ROTATIONS; i++) {
      fixture.signing.rotate(JwtFixture.key(JwsAlgorithm.ES256), Duration.ofMinutes(6));
      fixture.first.refreshKeys.rotate(JwtFixture.key(JwsAlgorithm.HS256), Duration.ofDays(31));
    }
    rotating.set(false);
    return 0;
  }

  @Test
  @DisplayName("JW-5 while all keys change again and again, not one request fails")
  void underLoad() {
    List<Callable<Integer>> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      all.add(this::failures);
    }
    all.add(this::rotate);
    assertThat(Race.of(all)).containsOnly(0);
    assertThat(fixture.signing.verificationKeys()).hasSize(ROTATIONS + 1);
  }
}
