package com.example.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.Challenge;
import dev.sallyport.guard.Problem;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("GU-6 A refusal as status and trailers")
class RefusalsTest {
  @ParameterizedTest
  @CsvSource({
    "400, INVALID_ARGUMENT",
    "401, UNAUTHENTICATED",
    "403, PERMISSION_DENIED",
    "429, RESOURCE_EXHAUSTED",
    "503, UNAVAILABLE",
    "500, INTERNAL"
  })
  @DisplayName("GU-6 each status has its counterpart")
  void status(int status, Status.Code code) {
    assertThat(Refusals.status(Problem.of(status, "code", "Why.")).getCode()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 1",
    "PT0.000000001S, 1",
    "PT0.001S, 1",
    "PT0.001000001S, 2",
    "PT5S, 5000",
    "PT2147483.647S, 2147483647",
    "PT2147483.648S, 2147483647"
  })
  @DisplayName("TH-6 a wait is whole milliseconds, rounded up, and fits into 32 bits")
  void wait(Duration wait, String millis) {
    Metadata trailers =
        Refusals.trailers(Problem.of(429, "too_many_requests", "Wait.").withRetryAfter(wait));
    assertThat(trailers.get(Refusals.WAIT)).isEqualTo(millis);
  }

  @Test
  @DisplayName("CH-7 each challenge is an entry of its own")
  void challenges() {
    Problem problem =
        Problem.of(401, "invalid_token", "No.")
            .withChallenges(
                List.of(
                    Challenge.of("Bearer", "api").with("error", "invalid_token"),
                    Challenge.of("Basic", "api")));
    assertThat(Refusals.trailers(problem).getAll(Refusals.CHALLENGE))
        .containsExactly("Bearer realm=\"api\", error=\"invalid_token\"", "Basic realm=\"api\"");
  }

  @Test
  @DisplayName("GU-6 a gRPC client that retries waits as long as it is told, and no longer")
  void retry() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    Problem busy =
        Problem.of(503, "temporarily_unavailable", "Wait.").withRetryAfter(Duration.ofMillis(1));
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(
                ServerServiceDefinition.builder("example.Greeter")
                    .addMethod(
                        Greeter.HELLO,
                        ServerCalls.asyncUnaryCall(
                            (text, reply) -> {
                              if (calls.incrementAndGet() == 1) {
                                reply.onError(
                                    Refusals.status(busy)
                                        .asRuntimeException(Refusals.trailers(busy)));
                              } else {
                                reply.onNext("again");
                                reply.onCompleted();
                              }
                            }))
                    .build())
            .build()
            .start();
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("localhost", server.getPort())
            .usePlaintext()
            .defaultServiceConfig(retryingAfterAnHour())
            .enableRetry()
            .build();
    try {
      assertThat(
              ClientCalls.blockingUnaryCall(
                  channel,
                  Greeter.HELLO,
                  CallOptions.DEFAULT.withDeadlineAfter(1, TimeUnit.MINUTES),
                  "hi"))
          .isEqualTo("again");
    } finally {
      channel.shutdownNow();
      server.shutdownNow();
    }
  }

  private static Map<String, Object> retryingAfterAnHour() {
    Map<String, Object> policy =
        Map.of(
            "maxAttempts",
            2.0,
            "initialBackoff",
            "3600s",
            "maxBackoff",
            "3600s",
            "backoffMultiplier",
            1.0,
            "retryableStatusCodes",
            List.of("UNAVAILABLE"));
    return Map.of(
        "methodConfig",
        List.of(
            Map.of("name", List.of(Map.of("service", "example.Greeter")), "retryPolicy", policy)));
  }
}
