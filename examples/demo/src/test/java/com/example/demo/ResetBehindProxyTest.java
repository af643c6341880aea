package com.example.demo;

import static com.example.demo.RunningDemo.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ResetBehindProxyTest {
  private static HttpResponse<String> ask(RunningDemo demo, String name, String client)
      throws Exception {
    return demo.json(
        "/api/reset/request",
        "{\"username\":\"" + name + "\"}",
        "X-Forwarded-For",
        client,
        "X-Forwarded-Proto",
        "https");
  }

  @Test
  @DisplayName("TH-5, AC-5 behind a proxy each client has requests of its own, not the proxy all")
  void eachClient() throws Exception {
    try (RunningDemo demo =
        RunningDemo.start(Map.of("TLS", "proxy", "TRUSTED_PROXIES", "127.0.0.1"))) {
      for (int i = 0; i < 20; i++) {
        assertThat(ask(demo, "user" + i, "192.0.2.1").statusCode()).isEqualTo(204);
      }
      assertProblem(ask(demo, "someone", "192.0.2.1"), 429, "throttled", List.of());
      assertThat(ask(demo, "someone", "192.0.2.2").statusCode()).isEqualTo(204);
    }
  }
}
