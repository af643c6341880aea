package dev.sallyport.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsExchange;
import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.HeaderSource;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.guard.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The adapter for the JDK's {@code HttpServer}, and the model for others. It turns an exchange into
 * a request and writes the response to it; it decides nothing. Immutable and safe for many threads.
 *
 * <p>Give the server an executor with several threads: by default it has one, and a password takes
 * a quarter of a second. The server finds handlers by prefix, so {@code /api} also matches {@code
 * /apis}; a host that wants exact paths must compare them itself.
 *
 * <pre>{@code
 * HttpServerAdapter adapter = HttpServerAdapter.of(guard);
 * server.createContext(
 *     "/api/hello",
 *     adapter.protect(Permission.authenticated(), (exchange, who) -> hello(exchange, who)));
 * }</pre>
 */
public final class HttpServerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServerAdapter.class);

  private static final long MAX_DISCARDED = 16 * 1024 * 1024;
  private static final Duration MAX_DISCARDING = Duration.ofSeconds(10);

  private final Guard guard;
  private final @Nullable HttpHandler cors;

  private HttpServerAdapter(Guard guard, @Nullable HttpHandler cors) {
    this.guard = Objects.requireNonNull(guard, "guard");
    this.cors = cors;
  }

  /** Answers requests that the guard has allowed. */
  @FunctionalInterface
  public interface GuardedHandler {
    /**
     * Answers one request. The exchange is closed afterwards.
     *
     * @param exchange the exchange, with the header fields that the guard adds to the response
     * @param who the caller; empty for an anonymous request
     * @throws IOException if the body can't be read or the response can't be written
     * @throws RefusedRequestException to have its response sent
     */
    void handle(HttpExchange exchange, Optional<Authenticated> who)
        throws IOException, RefusedRequestException;
  }

  /**
   * Builds an adapter for routes behind a guard.
   *
   * @param guard checks requests; its environment says which proxies are trusted
   * @return the adapter
   */
  public static HttpServerAdapter of(Guard guard) {
    return new HttpServerAdapter(guard, null);
  }

  /**
   * Answers preflights of cross-origin requests, which carry no credentials, by a handler of the
   * host's; by default they are refused like any request without credentials. Nothing else gets
   * past the guard by it.
   *
   * @param preflights answers them, and nothing else; the exchange is closed afterwards
   * @return a new adapter
   */
  public HttpServerAdapter withPreflights(HttpHandler preflights) {
    return new HttpServerAdapter(guard, Objects.requireNonNull(preflights, "preflights"));
  }

  /**
   * Puts the guard before a handler.
   *
   * @param permission what the route needs
   * @param handler answers if the guard allows the request
   * @return the handler for the server
   */
  public HttpHandler protect(Permission permission, GuardedHandler handler) {
    Objects.requireNonNull(permission, "permission");
    return behind(request -> guard.check(request, permission), handler);
  }

  /**
   * Puts the guard before a handler that needs the guard's default permission.
   *
   * @param handler answers if the guard allows the request
   * @return the handler for the server
   */
  public HttpHandler protect(GuardedHandler handler) {
    return behind(guard::check, handler);
  }

  private HttpHandler behind(Function<AuthRequest, Decision> check, GuardedHandler handler) {
    Objects.requireNonNull(handler, "handler");
    return guarded(
        (exchange, request, body) -> {
          Decision decision = check.apply(request);
          if (decision instanceof Decision.Refuse refuse) {
            send(exchange, refuse.response());
          } else {
            Decision.Proceed proceed = (Decision.Proceed) decision;
            add(proceed.headers(), exchange.getResponseHeaders());
            exchange.setStreams(body.stream(), null);
            handler.handle(exchange, proceed.who());
          }
        });
  }

  /**
   * Turns endpoints into a handler, to be mounted at their base path.
   *
   * @param endpoints the endpoints
   * @return the handler for the server
   */
  public HttpHandler endpoints(AuthEndpoints endpoints) {
    Objects.requireNonNull(endpoints, "endpoints");
    return guarded(
        (exchange, request, body) -> send(exchange, endpoints.handle(request, body.stream())));
  }

  private HttpHandler guarded(Answer answer) {
    return exchange -> {
      RequestBody body = body(exchange);
      AuthRequest request = authRequest(exchange, body);
      HttpHandler preflights = request.isPreflight() ? cors : null;
      answer(
          exchange,
          preflights == null
              ? () -> answer.give(exchange, request, body)
              : () -> preflights.handle(exchange));
    };
  }

  /**
   * Gives the request as the guard sees it, including what trusted proxies say: for a handler that
   * begins a session, needs the client's address, or requires HTTPS.
   *
   * @param exchange the exchange
   * @return the request, which reads the header fields of the exchange, and no form
   */
  public AuthRequest authRequest(HttpExchange exchange) {
    return request(exchange).build();
  }

  private AuthRequest authRequest(HttpExchange exchange, RequestBody body) {
    return request(exchange).form(body.form()).build();
  }

  private AuthRequest.Builder request(HttpExchange exchange) {
    return AuthRequest.builder(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            null,
            exchange.getRemoteAddress().getAddress(),
            exchange instanceof HttpsExchange)
        .headers(new ExchangeHeaders(exchange.getRequestHeaders()))
        .trustedProxies(guard.chain().environment().proxies());
  }

  private static RequestBody body(HttpExchange exchange) {
    InputStream all = exchange.getRequestBody();
    return RequestBody.of(new ExchangeHeaders(exchange.getRequestHeaders()), () -> all);
  }

  /**
   * Writes a response and closes the exchange. Up to 16 MiB of an unread body are discarded behind
   * the response, for 10 seconds, since a client may read that only when it has sent all; if there
   * is more, the server closes the connection.
   *
   * @param exchange the exchange
   * @param response the response
   * @throws IOException if it can't be written, or another response has been begun
   */
  public static void send(HttpExchange exchange, AuthResponse response) throws IOException {
    try {
      askForBody(exchange);
      Headers headers = exchange.getResponseHeaders();
      add(response.headers(), headers);
      byte[] body = response.bytes();
      if (exchange.getRequestMethod().equals("HEAD")) {
        if (body.length > 0) {
          headers.set("Content-Length", Integer.toString(body.length));
        }
        exchange.sendResponseHeaders(response.status(), -1);
      } else if (body.length == 0) {
        exchange.sendResponseHeaders(response.status(), -1);
      } else {
        exchange.sendResponseHeaders(response.status(), body.length);
        try (OutputStream out = exchange.getResponseBody()) {
          out.write(body);
          out.flush();
          RequestBody.discard(exchange.getRequestBody(), MAX_DISCARDED, MAX_DISCARDING);
        }
      }
    } finally {
      exchange.close();
    }
  }

  /** Adds lines, except for those that both the guard and the response have. */
  private static void add(List<AuthResponse.Header> lines, Headers headers) {
    for (AuthResponse.Header line : lines) {
      List<String> present = headers.get(line.name());
      if (present == null || !present.contains(line.value())) {
        headers.add(line.name(), line.value());
      }
    }
  }

  /** The server drops the connection if the body of an exchange was never asked for. */
  private static void askForBody(HttpExchange exchange) {
    exchange.getRequestBody();
  }

  private static void answer(HttpExchange exchange, Work work) throws IOException {
    try {
      askForBody(exchange);
      work.run();
    } catch (RefusedRequestException e) {
      send(exchange, e.response());
    } catch (StoreUnavailableException e) {
      sendInstead(exchange, Guard.storeUnavailable());
    } catch (BrokenBodyException e) {
      LOG.debug("A body broke off");
    } catch (IOException e) {
      if (exchange.getResponseCode() == -1) {
        failed(exchange, e);
      } else {
        LOG.debug("A response broke off: {}", withoutMessages(e)); // as a rule the client has gone
      }
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      failed(exchange, e);
    } finally {
      exchange.close();
    }
  }

  private static void failed(HttpExchange exchange, Throwable thrown) throws IOException {
    LOG.error("A handler failed: {}", withoutMessages(thrown));
    sendInstead(
        exchange,
        Problem.of(500, "internal_error", "The server could not handle the request.").toResponse());
  }

  /** Nothing of a failed response is sent; one that has been begun can only break off. */
  private static void sendInstead(HttpExchange exchange, AuthResponse response) throws IOException {
    if (exchange.getResponseCode() == -1) {
      exchange.getResponseHeaders().clear();
      send(exchange, response);
    }
  }

  /** Logs types and stack frames; a message may quote the request, and so a secret. */
  private static String withoutMessages(Throwable thrown) {
    StringBuilder text = new StringBuilder();
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < 8; depth++) {
      text.append(depth == 0 ? "" : "\ncaused by ").append(cause.getClass().getName());
      StackTraceElement[] frames = cause.getStackTrace();
      for (int i = 0; i < Math.min(frames.length, 64); i++) {
        text.append("\n\tat ").append(frames[i]);
      }
      cause = cause.getCause();
    }
    return text.toString();
  }

  private interface Answer {
    void give(HttpExchange exchange, AuthRequest request, RequestBody body)
        throws IOException, RefusedRequestException;
  }

  private interface Work {
    void run() throws IOException, RefusedRequestException;
  }

  /** The header fields, without copying them. */
  private record ExchangeHeaders(Headers headers) implements HeaderSource {
    @Override
    public List<String> values(String name) {
      List<String> values = headers.get(name);
      return values == null ? List.of() : values;
    }

    @Override
    public Collection<String> names() {
      return headers.keySet();
    }

    /** Omits the fields, some of which are secret. */
    @Override
    public String toString() {
      return "ExchangeHeaders[hidden]";
    }
  }
}
