package com.example.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.site.BadSettingException;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadsTest {
  @Test
  @DisplayName("GU-1 the host works on virtual threads; a JDK without them is told so")
  void virtual() throws Exception {
    Map<String, String> env = Map.of("THREADS", "virtual");
    if (Runtime.version().feature() < 21) {
      assertThatThrownBy(() -> RunningDemo.start(env))
          .isInstanceOf(BadSettingException.class)
          .hasMessage("THREADS: this Java runtime has no virtual threads");
      return;
    }
    try (RunningDemo demo = RunningDemo.start(env)) {
      assertThat(demo.register("alice", "wonderland-1865").statusCode()).isEqualTo(201);
      String alice = RunningDemo.basic("alice", "wonderland-1865");
      assertThat(demo.get("/api/hello", "Authorization", alice).statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "Virtual", "green"})
  @DisplayName("SP-2 THREADS that are none are refused")
  void none(String threads) {
    assertThatThrownBy(() -> RunningDemo.start(Map.of("THREADS", threads)))
        .isInstanceOf(BadSettingException.class)
        .hasMessage("THREADS must be 'platform', 'virtual' or unset");
  }
}
