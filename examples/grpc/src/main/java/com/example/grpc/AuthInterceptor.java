package com.example.grpc;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.IpAddress;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Puts a guard before the methods of a gRPC server. A call is decided once, when it begins. A
 * refusal closes it with a status, and with challenges, code and wait in the trailers. Immutable
 * and safe for many threads.
 *
 * <p>It blocks on a store and while a password is hashed: let the server have its own executor,
 * which is the default, and not {@code directExecutor()}.
 */
public final class AuthInterceptor implements ServerInterceptor {
  private static final Context.Key<Authenticated> WHO = Context.key("sallyport-who");

  private final Guard guard;
  private final Map<String, Permission> permissions;

  private AuthInterceptor(Guard guard, Map<String, Permission> permissions) {
    this.guard = Objects.requireNonNull(guard, "guard");
    this.permissions = Map.copyOf(permissions);
  }

  /**
   * An interceptor by which every method needs the guard's default permission.
   *
   * @param guard checks calls
   * @return the interceptor
   */
  public static AuthInterceptor of(Guard guard) {
    return new AuthInterceptor(guard, Map.of());
  }

  /**
   * Gives one method a permission of its own.
   *
   * @param method the method; gRPC itself has matched it when a call is decided
   * @param permission what it needs
   * @return a new interceptor
   */
  public AuthInterceptor withPermission(MethodDescriptor<?, ?> method, Permission permission) {
    Map<String, Permission> more = new HashMap<>(permissions);
    more.put(method.getFullMethodName(), Objects.requireNonNull(permission, "permission"));
    return new AuthInterceptor(guard, more);
  }

  /** {@return who the current call is from; empty for an anonymous call} */
  public static Optional<Authenticated> who() {
    return Optional.ofNullable(WHO.get());
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata metadata, ServerCallHandler<Q, A> next) {
    String method = call.getMethodDescriptor().getFullMethodName();
    Decision decision =
        guard.check(
            request(call, metadata), permissions.getOrDefault(method, guard.defaultPermission()));
    if (decision instanceof Decision.Refuse refuse) {
      Refusals.close(call, refuse.problem());
      return new ServerCall.Listener<>() {};
    }
    Authenticated who = ((Decision.Proceed) decision).who().orElse(null);
    OutageCall<Q, A> guarded = new OutageCall<>(call);
    try {
      return guarded.watch(
          Contexts.interceptCall(Context.current().withValue(WHO, who), guarded, metadata, next));
    } catch (StoreUnavailableException e) {
      guarded.fail(e);
      return new ServerCall.Listener<>() {};
    }
  }

  private AuthRequest request(ServerCall<?, ?> call, Metadata metadata) {
    boolean secure = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION) != null;
    return AuthRequest.builder(
            "POST",
            "/" + call.getMethodDescriptor().getFullMethodName(),
            call.getAuthority(),
            peer(call),
            secure)
        .headers(new CallMetadata(metadata))
        .trustedProxies(guard.chain().environment().proxies())
        .build();
  }

  private static InetAddress peer(ServerCall<?, ?> call) {
    return call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress at
            && at.getAddress() != null
        ? at.getAddress()
        : IpAddress.UNSPECIFIED;
  }

  @Override
  public String toString() {
    return "AuthInterceptor[" + permissions.keySet() + "]";
  }
}
