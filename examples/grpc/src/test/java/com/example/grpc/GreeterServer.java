package com.example.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.sallyport.guard.Guard;
import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptors;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.ServerCalls;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.slf4j.LoggerFactory;

/** A server on a real socket of this machine, and its client. */
final class GreeterServer implements AutoCloseable {
  static final MethodDescriptor<String, String> ASK = Greeter.unary("Ask");

  static {
    // At DEBUG it logs metadata, credentials and all.
    ((Logger) LoggerFactory.getLogger("io.grpc.netty")).setLevel(Level.INFO);
  }

  private final Server server;
  private final ManagedChannel channel;

  private GreeterServer(
      ServerServiceDefinition service, ServerCredentials identity, ChannelCredentials trust)
      throws Exception {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = NettyServerBuilder.forAddress(any, identity).addService(service).build().start();
    channel = NettyChannelBuilder.forAddress("localhost", server.getPort(), trust).build();
  }

  private GreeterServer(ServerServiceDefinition service) throws Exception {
    this(service, InsecureServerCredentials.create(), InsecureChannelCredentials.create());
  }

  /** The example's own service. */
  static GreeterServer of(Guard guard) throws Exception {
    return new GreeterServer(Greeter.guardedBy(guard));
  }

  /** The same over TLS, with a certificate for localhost. */
  static GreeterServer of(Guard guard, KeyManager[] keys, TrustManager[] trust) throws Exception {
    return new GreeterServer(
        Greeter.guardedBy(guard),
        TlsServerCredentials.newBuilder().keyManager(keys).build(),
        TlsChannelCredentials.newBuilder().trustManager(trust).build());
  }

  /** A service with one method, {@link #ASK}. */
  static GreeterServer of(AuthInterceptor auth, ServerCalls.UnaryMethod<String, String> handler)
      throws Exception {
    return new GreeterServer(
        ServerInterceptors.intercept(
            ServerServiceDefinition.builder("example.Greeter")
                .addMethod(ASK, ServerCalls.asyncUnaryCall(handler))
                .build(),
            auth));
  }

  int port() {
    return server.getPort();
  }

  String call(MethodDescriptor<String, String> method, Metadata metadata) {
    return ClientCalls.blockingUnaryCall(
        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(metadata)),
        method,
        CallOptions.DEFAULT.withDeadlineAfter(1, TimeUnit.MINUTES),
        "hi");
  }

  /** The answer to a call that must be refused. */
  Refused refused(MethodDescriptor<String, String> method, Metadata metadata) {
    try {
      throw new AssertionError("not refused: " + call(method, metadata));
    } catch (StatusRuntimeException e) {
      Metadata trailers = e.getTrailers() == null ? new Metadata() : e.getTrailers();
      return new Refused(e.getStatus(), trailers);
    }
  }

  record Refused(Status status, Metadata trailers) {
    Status.Code code() {
      return status.getCode();
    }

    String errorCode() {
      return trailers.get(Refusals.CODE);
    }
  }

  static Metadata none() {
    return new Metadata();
  }

  static Metadata basic(String name, String password) {
    String pair = name + ":" + password;
    return with(
        "authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
  }

  static Metadata with(String name, String value) {
    Metadata metadata = new Metadata();
    metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
    return metadata;
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }
}
