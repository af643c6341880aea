package com.example.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sallyport.testkit.Race;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RaceTest {
  @Test
  @DisplayName("ST-5 all run at once, and their results stand in order")
  void atOnce() {
    CountDownLatch allHere = new CountDownLatch(20);
    List<Integer> numbers =
        Race.of(
            20,
            i -> {
              allHere.countDown();
              return await(allHere) ? i : -1;
            });
    assertThat(numbers).isEqualTo(IntStream.range(0, 20).boxed().toList());
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @DisplayName("ST-5 what one of them throws comes out")
  void failure() {
    List<Callable<String>> work =
        List.of(
            () -> "fine",
            () -> {
              throw new ArithmeticException("not fine");
            });
    assertThatIllegalStateException()
        .isThrownBy(() -> Race.of(work))
        .withRootCauseInstanceOf(ArithmeticException.class);
  }
}
