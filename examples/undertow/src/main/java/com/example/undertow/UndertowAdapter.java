package com.example.undertow;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.HeaderSource;
import dev.sallyport.IpAddress;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.guard.Problem;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.http.BrokenBodyException;
import dev.sallyport.http.RefusedRequestException;
import dev.sallyport.http.RequestBody;
import io.undertow.io.UndertowOutputStream;
import io.undertow.security.idm.Account;
import io.undertow.security.impl.SecurityContextImpl;
import io.undertow.server.ConduitWrapper;
import io.undertow.server.Connectors;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.server.handlers.HttpContinueReadHandler;
import io.undertow.server.protocol.http.HttpContinue;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.HttpString;
import io.undertow.util.ImmediatePooledByteBuffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;
import org.xnio.streams.ChannelInputStream;

/** Puts a guard before handlers of Undertow, and mounts the endpoints. Immutable. */
public final class UndertowAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(UndertowAdapter.class);
  private static final long MAX_DISCARDED = 16 * 1024 * 1024;
  private static final Duration MAX_DISCARDING = Duration.ofSeconds(10);

  private final Guard guard;
  private final @Nullable HttpHandler cors;

  private UndertowAdapter(Guard guard, @Nullable HttpHandler cors) {
    this.guard = guard;
    this.cors = cors;
  }

  public static UndertowAdapter of(Guard guard) {
    return new UndertowAdapter(guard, null);
  }

  /** Preflights go to this handler of yours, and nothing else does. */
  public UndertowAdapter withPreflights(HttpHandler cors) {
    return new UndertowAdapter(guard, cors);
  }

  /** Answers requests that the guard has allowed. */
  public interface GuardedHandler {
    void handle(HttpServerExchange exchange, Optional<Authenticated> who) throws Exception;
  }

  private AuthRequest.Builder request(HttpServerExchange exchange) {
    String query = exchange.getQueryString();
    return AuthRequest.builder(
            exchange.getRequestMethod().toString(),
            query.isEmpty() ? exchange.getRequestURI() : exchange.getRequestURI() + "?" + query,
            null, // the server has put :authority into Host
            peer(exchange),
            exchange.getConnection().getSslSession() != null)
        .headers(new Fields(exchange.getRequestHeaders()))
        .trustedProxies(guard.chain().environment().proxies());
  }

  private static InetAddress peer(HttpServerExchange exchange) {
    return exchange.getConnection().getPeerAddress() instanceof InetSocketAddress peer
        ? peer.getAddress()
        : IpAddress.UNSPECIFIED;
  }

  private record Fields(HeaderMap map) implements HeaderSource {
    @Override
    public List<String> values(String name) {
      HeaderValues values = map.get(name);
      return values == null ? List.of() : values;
    }

    @Override
    public Collection<String> names() {
      return map.getHeaderNames().stream().map(HttpString::toString).toList();
    }

    /** Omits the fields, some of which are secret. */
    @Override
    public String toString() {
      return "Fields[hidden]";
    }
  }

  public HttpHandler protect(Permission permission, GuardedHandler handler) {
    return blocking(
        (exchange, request, body) -> {
          Decision decision = guard.check(request, permission);
          if (decision instanceof Decision.Refuse refuse) {
            send(exchange, refuse.response(), body);
            return;
          }
          Decision.Proceed proceed = (Decision.Proceed) decision;
          addHeaders(exchange, proceed.headers());
          putBack(exchange, body);
          proceed.who().ifPresent(who -> tell(exchange, who));
          handler.handle(exchange, proceed.who());
        });
  }

  /** For handlers that know Undertow alone. */
  private static void tell(HttpServerExchange exchange, Authenticated who) {
    SecurityContextImpl context = new SecurityContextImpl(exchange, null);
    context.authenticationComplete(new User(who.principal()), who.scheme(), false);
    exchange.setSecurityContext(context);
  }

  private record User(dev.sallyport.Principal principal) implements Account {
    @Override
    public Principal getPrincipal() {
      return principal::name;
    }

    @Override
    public Set<String> getRoles() {
      return principal.roles();
    }
  }

  /** The endpoints; whatever they are not for goes to {@code others}. */
  public HttpHandler endpoints(AuthEndpoints endpoints, HttpHandler others) {
    HttpHandler ours =
        blocking(
            (exchange, request, body) ->
                send(exchange, endpoints.handle(request, body.stream()), body));
    return exchange -> {
      AuthRequest request = request(exchange).build();
      (endpoints.areFor(request) ? ours : others).handleRequest(exchange);
    };
  }

  private interface Step {
    void run(HttpServerExchange exchange, AuthRequest request, RequestBody body) throws Exception;
  }

  private HttpHandler blocking(Step step) {
    return new HttpContinueReadHandler(new BlockingHandler(exchange -> answer(exchange, step)));
  }

  private void answer(HttpServerExchange exchange, Step step) throws IOException {
    exchange.addRequestWrapper(READS);
    RequestBody body =
        RequestBody.of(
            new Fields(exchange.getRequestHeaders()),
            () -> new ChannelInputStream(exchange.getRequestChannel(), 30, TimeUnit.SECONDS));
    try {
      AuthRequest request = request(exchange).form(body.form()).build();
      if (cors != null && request.isPreflight()) {
        cors.handleRequest(exchange);
      } else {
        step.run(exchange, request, body);
      }
    } catch (RefusedRequestException e) {
      sendInstead(exchange, e.response(), body);
    } catch (StoreUnavailableException e) {
      sendInstead(exchange, Guard.storeUnavailable(), body);
    } catch (BrokenBodyException e) {
      if (reset(exchange)) {
        exchange.setStatusCode(400).setPersistent(false);
      }
    } catch (Exception | AssertionError | StackOverflowError e) {
      if (e instanceof IOException gone && exchange.isResponseStarted()) {
        throw gone;
      }
      LOG.error("A handler failed: {} {}", e.getClass(), Arrays.toString(e.getStackTrace()));
      Problem problem = Problem.of(500, "internal_error", "The server could not answer.");
      sendInstead(exchange, problem.toResponse(), body);
    }
  }

  private static void putBack(HttpServerExchange exchange, RequestBody body) throws IOException {
    if (body.isBegun()) {
      byte[] seen = body.stream().readNBytes(body.stream().available());
      Connectors.ungetRequestBytes(exchange, new ImmediatePooledByteBuffer(ByteBuffer.wrap(seen)));
      Connectors.resetRequestChannel(exchange);
    }
  }

  /** Tells a body that broke off from a fault of the handler that reads it. */
  private static final ConduitWrapper<StreamSourceConduit> READS =
      (source, exchange) ->
          new AbstractStreamSourceConduit<>(source.create()) {
            @Override
            public int read(ByteBuffer into) throws IOException {
              try {
                return super.read(into);
              } catch (IOException e) {
                throw new BrokenBodyException(e);
              }
            }
          };

  private static void send(HttpServerExchange exchange, AuthResponse response, RequestBody body)
      throws IOException {
    exchange.setStatusCode(response.status());
    addHeaders(exchange, response.headers());
    byte[] bytes = response.bytes();
    if (bytes.length > 0) {
      exchange.setResponseContentLength(bytes.length);
      exchange.getOutputStream().write(bytes);
    }
    if (!HttpContinue.requiresContinueResponse(exchange)) {
      RequestBody.discard(body.stream(), MAX_DISCARDED, MAX_DISCARDING);
    }
  }

  private static void addHeaders(HttpServerExchange exchange, List<AuthResponse.Header> lines) {
    for (AuthResponse.Header line : lines) {
      HttpString name = new HttpString(line.name());
      HeaderValues present = exchange.getResponseHeaders().get(name);
      if (present == null || !present.contains(line.value())) {
        exchange.getResponseHeaders().add(name, line.value());
      }
    }
  }

  private static void sendInstead(
      HttpServerExchange exchange, AuthResponse response, RequestBody body) throws IOException {
    if (reset(exchange)) {
      send(exchange, response, body);
    }
  }

  /** Drops an answer of which nothing has been sent, and breaks off any other. */
  @SuppressWarnings("removal") // nothing else removes cookies
  private static boolean reset(HttpServerExchange exchange) throws IOException {
    if (exchange.isResponseStarted()) {
      exchange.getConnection().close();
      return false;
    }
    exchange.getResponseHeaders().clear();
    exchange.getResponseCookies().clear();
    if (exchange.getOutputStream() instanceof UndertowOutputStream written) {
      written.resetBuffer();
    }
    return true;
  }
}
