package com.example.grpc;

import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import io.grpc.MethodDescriptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A service of two methods that take and return text. */
public final class Greeter {
  /** Greets whoever is authenticated. */
  public static final MethodDescriptor<String, String> HELLO = unary("Hello");

  /** Is for administrators. */
  public static final MethodDescriptor<String, String> CLOSE = unary("Close");

  private Greeter() {}

  /**
   * The service behind a guard.
   *
   * @param guard checks its calls
   * @return the service, for a server
   */
  public static ServerServiceDefinition guardedBy(Guard guard) {
    AuthInterceptor auth =
        AuthInterceptor.of(guard).withPermission(CLOSE, Permission.role("admin"));
    ServerServiceDefinition greeter =
        ServerServiceDefinition.builder("example.Greeter")
            .addMethod(
                HELLO,
                ServerCalls.asyncUnaryCall(
                    (text, reply) -> {
                      reply.onNext(
                          "Hello, " + AuthInterceptor.who().orElseThrow().principal().name());
                      reply.onCompleted();
                    }))
            .addMethod(
                CLOSE,
                ServerCalls.asyncUnaryCall(
                    (text, reply) -> {
                      reply.onNext("Closed");
                      reply.onCompleted();
                    }))
            .build();
    return ServerInterceptors.intercept(greeter, auth);
  }

  static MethodDescriptor<String, String> unary(String name) {
    return MethodDescriptor.<String, String>newBuilder()
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName(MethodDescriptor.generateFullMethodName("example.Greeter", name))
        .setRequestMarshaller(Text.UTF_8)
        .setResponseMarshaller(Text.UTF_8)
        .build();
  }

  /** In place of Protocol Buffers. */
  enum Text implements MethodDescriptor.Marshaller<String> {
    UTF_8;

    @Override
    public InputStream stream(String value) {
      return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String parse(InputStream stream) {
      try (stream) {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
