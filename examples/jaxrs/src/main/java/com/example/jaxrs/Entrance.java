package com.example.jaxrs;

import dev.sallyport.AuthRequest;
import dev.sallyport.HeaderSource;
import dev.sallyport.IpAddress;
import dev.sallyport.guard.Guard;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.http.BrokenBodyException;
import dev.sallyport.http.RequestBody;
import jakarta.inject.Provider;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.glassfish.grizzly.http.server.Request;
import org.jspecify.annotations.Nullable;

/** Makes the guard's request of every request, and answers those that are for no resource. */
@PreMatching
final class Entrance implements ContainerRequestFilter {
  private final Guard guard;
  private final @Nullable AuthEndpoints endpoints;
  private final @Nullable Function<ContainerRequestContext, Response> preflights;

  /** JAX-RS has no peer; Grizzly's own request has. */
  @Context private @Nullable Provider<Request> grizzly;

  Entrance(
      Guard guard,
      @Nullable AuthEndpoints endpoints,
      @Nullable Function<ContainerRequestContext, Response> preflights) {
    this.guard = guard;
    this.endpoints = endpoints;
    this.preflights = preflights;
  }

  @Override
  public void filter(ContainerRequestContext context) throws IOException {
    Fields fields = new Fields(context);
    RequestBody body = RequestBody.of(fields, context::getEntityStream);
    AuthRequest request = request(context, fields, body);
    if (preflights != null && request.isPreflight()) {
      context.abortWith(preflights.apply(context));
    } else if (endpoints != null && endpoints.areFor(request)) {
      context.abortWith(answer(endpoints, request, body));
    } else {
      new Arrival(request, body).keepIn(context);
    }
  }

  private AuthRequest request(ContainerRequestContext context, Fields fields, RequestBody body) {
    Request connection = Objects.requireNonNull(grizzly, "grizzly").get();
    String query = connection.getQueryString();
    return AuthRequest.builder(
            context.getMethod(),
            connection.getRequestURI() + (query == null ? "" : "?" + query),
            null,
            IpAddress.literal(connection.getRemoteAddr()).orElse(IpAddress.UNSPECIFIED),
            connection.isSecure())
        .headers(fields)
        .form(body.form())
        .trustedProxies(guard.chain().environment().proxies())
        .build();
  }

  private static Response answer(AuthEndpoints endpoints, AuthRequest request, RequestBody body)
      throws IOException {
    try {
      return Answers.of(endpoints.handle(request, body.stream()));
    } catch (BrokenBodyException e) {
      return Response.status(Response.Status.BAD_REQUEST).build(); // that nobody waits for
    }
  }

  /** The header fields, without copying them. */
  private record Fields(ContainerRequestContext context) implements HeaderSource {
    @Override
    public List<String> values(String name) {
      List<String> values = context.getHeaders().get(name);
      return values == null ? List.of() : values;
    }

    @Override
    public Collection<String> names() {
      return context.getHeaders().keySet();
    }

    /** Omits the fields, some of which are secret. */
    @Override
    public String toString() {
      return "Fields[hidden]";
    }
  }
}
