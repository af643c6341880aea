package com.example.grpc;

import static com.example.grpc.GreeterServer.ASK;
import static com.example.grpc.GreeterServer.basic;
import static com.example.grpc.GreeterServer.none;
import static com.example.grpc.GreeterServer.with;
import static dev.sallyport.TransportSecurity.OPTIONAL_ON_LOOPBACK_FOR_DEVELOPMENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.guard.Verdict;
import dev.sallyport.password.Password;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.testkit.CheapHasher;
import dev.sallyport.testkit.ForcedAuthenticator;
import dev.sallyport.testkit.SettableClock;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The interceptor")
class AuthInterceptorTest {
  private static final String PASSWORD = "correct horse battery staple";

  private final SettableClock clock = SettableClock.create();
  private final Sallyport auth = sallyport(AuthEnvironment.standard().withClock(clock));

  private static Sallyport sallyport(AuthEnvironment environment) {
    Sallyport made =
        Sallyport.of(
                environment.withTransport(OPTIONAL_ON_LOOPBACK_FOR_DEVELOPMENT),
                CredentialStore.inMemory(),
                TokenStore.inMemory())
            .withPasswords(passwords -> passwords.hasher(CheapHasher.create()));
    made.accounts().register("alice", Password.of(PASSWORD));
    return made;
  }

  private Guard guard() {
    return auth.guard(BasicAuthenticator.of(auth));
  }

  private static Guard everybodyIs(String name, String... roles) {
    return Sallyport.inMemory().guard(ForcedAuthenticator.as(name, roles));
  }

  private static ServerCalls.UnaryMethod<String, String> reply(Supplier<String> answer) {
    return (text, reply) -> {
      reply.onNext(answer.get());
      reply.onCompleted();
    };
  }

  private static String who() {
    return AuthInterceptor.who().map(who -> who.principal().name()).orElse("nobody");
  }

  @Test
  @DisplayName("GU-6 refuses an anonymous call: UNAUTHENTICATED, its challenges in the trailers")
  void anonymous() throws Exception {
    AtomicInteger handled = new AtomicInteger();
    try (GreeterServer server =
        GreeterServer.of(
            AuthInterceptor.of(guard()), reply(() -> "" + handled.incrementAndGet()))) {
      GreeterServer.Refused refused = server.refused(ASK, none());
      assertThat(refused.code()).isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(refused.errorCode()).isEqualTo("authentication_required");
      assertThat(refused.status().getDescription()).isEqualTo("Authentication is required.");
      assertThat(refused.trailers().getAll(Refusals.CHALLENGE))
          .containsExactly("Basic realm=\"api\", charset=\"UTF-8\"");
      assertThat(refused.trailers().get(Refusals.WAIT)).isNull();
    }
    assertThat(handled).hasValue(0);
  }

  @Test
  @DisplayName("CH-2 lets right credentials in, and nothing else, even where anyone may call")
  void credentials() throws Exception {
    AuthInterceptor open = AuthInterceptor.of(guard()).withPermission(ASK, Permission.anyone());
    try (GreeterServer server = GreeterServer.of(open, reply(AuthInterceptorTest::who))) {
      assertThat(server.call(ASK, basic("alice", PASSWORD))).isEqualTo("alice");
      assertThat(server.call(ASK, none())).isEqualTo("nobody");
      GreeterServer.Refused refused = server.refused(ASK, basic("alice", "wrong horse"));
      assertThat(refused.code()).isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(refused.errorCode()).isEqualTo("invalid_credentials");
    }
  }

  @Test
  @DisplayName("CH-5 refuses two authorization entries")
  void twoEntries() throws Exception {
    Metadata twice = basic("alice", PASSWORD);
    twice.merge(basic("alice", PASSWORD));
    try (GreeterServer server = GreeterServer.of(guard())) {
      assertThat(server.refused(Greeter.HELLO, twice).errorCode())
          .isEqualTo("malformed_credentials");
    }
  }

  @Test
  @DisplayName("AD-8 asks for the permission of the method, or else for the default one")
  void permissions() throws Exception {
    try (GreeterServer server = GreeterServer.of(everybodyIs("alice"))) {
      assertThat(server.call(Greeter.HELLO, none())).isEqualTo("Hello, alice");
      GreeterServer.Refused refused = server.refused(Greeter.CLOSE, none());
      assertThat(refused.code()).isEqualTo(Status.Code.PERMISSION_DENIED);
      assertThat(refused.errorCode()).isEqualTo("forbidden");
    }
    try (GreeterServer server = GreeterServer.of(everybodyIs("root", "admin"))) {
      assertThat(server.call(Greeter.CLOSE, none())).isEqualTo("Closed");
    }
    Guard closed = everybodyIs("alice").withDefault(access -> Verdict.DENIED);
    try (GreeterServer server = GreeterServer.of(closed)) {
      assertThat(server.refused(Greeter.HELLO, none()).code())
          .isEqualTo(Status.Code.PERMISSION_DENIED);
    }
  }

  @Test
  @DisplayName("TH-6 says RESOURCE_EXHAUSTED and the wait in milliseconds")
  void throttled() throws Exception {
    try (GreeterServer server = GreeterServer.of(guard())) {
      for (int i = 0; i < 5; i++) {
        assertThat(server.refused(Greeter.HELLO, basic("alice", "wrong" + i)).code())
            .isEqualTo(Status.Code.UNAUTHENTICATED);
      }
      GreeterServer.Refused refused = server.refused(Greeter.HELLO, basic("alice", PASSWORD));
      assertThat(refused.code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      assertThat(refused.trailers().get(Refusals.WAIT)).isEqualTo("1000");
      clock.advance(Duration.ofSeconds(1));
      assertThat(server.call(Greeter.HELLO, basic("alice", PASSWORD))).isEqualTo("Hello, alice");
    }
  }

  @Test
  @DisplayName("CH-6 says UNAVAILABLE where a store can't answer, in the guard and in a handler")
  void outage() throws Exception {
    StoreUnavailableException down = new StoreUnavailableException("the database is down");
    Guard broken =
        auth.guard(
            request -> {
              throw down;
            });
    List<GreeterServer> servers =
        List.of(
            GreeterServer.of(broken),
            GreeterServer.of(
                AuthInterceptor.of(everybodyIs("alice")),
                (text, reply) -> {
                  throw down;
                }),
            GreeterServer.of(
                AuthInterceptor.of(everybodyIs("alice")), (text, reply) -> reply.onError(down)));
    for (GreeterServer server : servers) {
      try (server) {
        GreeterServer.Refused refused =
            server.refused(server == servers.get(0) ? Greeter.HELLO : ASK, none());
        assertThat(refused.code()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(refused.trailers().get(Refusals.WAIT)).isEqualTo("5000");
        assertThat(refused.status().getDescription()).doesNotContain("database");
      }
    }
  }

  @Test
  @DisplayName("AD-6 leaves any other failure of a handler to the server, which keeps its message")
  void failure() throws Exception {
    try (GreeterServer server =
        GreeterServer.of(
            AuthInterceptor.of(everybodyIs("alice")),
            (text, reply) -> {
              throw new IllegalStateException("no disk");
            })) {
      GreeterServer.Refused refused = server.refused(ASK, none());
      assertThat(refused.code()).isEqualTo(Status.Code.UNKNOWN);
      assertThat(refused.status().toString()).doesNotContain("no disk");
    }
    try (GreeterServer server =
        GreeterServer.of(
            AuthInterceptor.of(everybodyIs("alice")),
            (text, reply) ->
                reply.onError(
                    Status.NOT_FOUND
                        .withCause(new StoreUnavailableException("down"))
                        .asException()))) {
      assertThat(server.refused(ASK, none()).code()).isEqualTo(Status.Code.NOT_FOUND);
    }
  }

  @Test
  @DisplayName("AD-5 asks the chain once, and says who it is on the threads that gRPC goes on with")
  void whoItIs() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    ForcedAuthenticator alice = ForcedAuthenticator.as("alice");
    Guard guard =
        auth.guard(
            request -> {
              asked.incrementAndGet();
              return alice.authenticate(request);
            });
    try (GreeterServer server =
        GreeterServer.of(
            AuthInterceptor.of(guard),
            (text, reply) -> {
              Thread thread =
                  new Thread(
                      Context.current()
                          .wrap(
                              () -> {
                                reply.onNext(who());
                                reply.onCompleted();
                              }));
              thread.start();
            })) {
      assertThat(server.call(ASK, none())).isEqualTo("alice");
    }
    assertThat(asked).hasValue(1);
    assertThat(AuthInterceptor.who()).isEmpty();
  }

  @Test
  @DisplayName("AD-1, AD-4 gives the guard authority, path, address and metadata as they are")
  void request() throws Exception {
    AtomicReference<AuthRequest> seen = new AtomicReference<>();
    Permission watch =
        access -> {
          seen.set(access.request());
          return Verdict.ALLOWED;
        };
    AuthInterceptor interceptor = AuthInterceptor.of(everybodyIs("alice").withDefault(watch));
    List<String> read = new ArrayList<>();
    try (GreeterServer server =
        GreeterServer.of(
            interceptor,
            reply(
                () -> {
                  AuthRequest request = seen.get();
                  read.addAll(request.headers("X-Trace"));
                  read.addAll(request.headers("trace-bin"));
                  read.addAll(request.headers("absent"));
                  return request.headerNames().contains("x-trace") ? "named" : "";
                }))) {
      Metadata metadata = with("x-trace", "a");
      metadata.merge(with("x-trace", "b"));
      metadata.put(
          Metadata.Key.of("trace-bin", Metadata.BINARY_BYTE_MARSHALLER), new byte[] {1, 2});
      assertThat(server.call(ASK, metadata)).isEqualTo("named");
      AuthRequest request = seen.get();
      assertThat(request.authority()).contains("localhost:" + server.port());
      assertThat(request.method() + " " + request.target()).isEqualTo("POST /example.Greeter/Ask");
      assertThat(request.clientAddress().isLoopbackAddress()).isTrue();
      assertThat(request.isSecure()).isFalse();
      assertThat(request.client().userAgent()).startsWith("grpc-java-");
    }
    assertThat(read).containsExactly("a", "b");
  }
}
