package com.example.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.testkit.FuzzReplay;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;

class FuzzReplayTest {
  /** A parser that can't stand an exclamation mark. */
  public static final class MarkFuzz {
    private MarkFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
      assertThat(input).doesNotContain('!');
    }
  }

  /** A target without inputs. */
  public static final class EmptyFuzz {
    private EmptyFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
      assertThat(input).isNotNull();
    }
  }

  @Test
  @DisplayName("ST-5 each input is a test, named after the file, and fails as the target does")
  void replays() throws Throwable {
    List<DynamicTest> tests = FuzzReplay.of(MarkFuzz.class).toList();
    assertThat(tests)
        .extracting(DynamicTest::getDisplayName)
        .containsExactly("MarkFuzz/mark", "MarkFuzz/plain");
    tests.get(1).getExecutable().execute();
    assertThatThrownBy(() -> tests.get(0).getExecutable().execute())
        .isInstanceOf(AssertionError.class);
  }

  @Test
  @DisplayName("ST-5 what is no target, or has no inputs, is told")
  void refuses() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FuzzReplay.of(String.class).toList())
        .withMessageContaining("fuzzerTestOneInput");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FuzzReplay.of(EmptyFuzz.class).toList())
        .withMessageContaining("no inputs");
  }
}
