package com.example.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.FormSource;
import dev.sallyport.HeaderSource;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.TrustedProxies;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.guard.Problem;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.http.FormFields;
import dev.sallyport.http.RequestBody;
import dev.sallyport.testkit.adapter.AdapterRoute;
import dev.sallyport.testkit.adapter.AdapterSite;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A second adapter for the JDK's server, without TLS, which does at most one thing wrong. */
final class FaultyAdapter implements HttpHandler {
  enum Fault {
    NONE,
    FORGETS_THE_AUTHORITY,
    RESOLVES_NAMES,
    TRUSTS_EVERY_PROXY,
    READS_THE_QUERY_AS_FORM,
    LOSES_WHAT_THE_GUARD_READ,
    AUTHENTICATES_TWICE,
    DROPS_CHALLENGES,
    WRITES_NO_STORE_TWICE,
    GOES_ON_AFTER_A_FAILURE,
    KEEPS_FIELDS_OF_A_FAILED_HANDLER,
    STOPS_READING,
    LETS_OPTIONS_THROUGH,
    MATCHES_PATHS_BY_ITSELF,
    IGNORES_THE_DEFAULT_PERMISSION
  }

  private static final int MAX_DISCARDED = 16 * 1024 * 1024;

  private final Guard guard;
  private final AuthEndpoints endpoints;
  private final Map<String, AdapterRoute> routes;
  private final Fault fault;

  FaultyAdapter(AdapterSite site, Fault fault) {
    this.guard = site.guard();
    this.endpoints = AuthEndpoints.of(site.accounts(), site.guard());
    this.routes =
        site.routes().stream().collect(Collectors.toMap(AdapterRoute::path, Function.identity()));
    this.fault = fault;
  }

  private boolean has(Fault asked) {
    return fault == asked;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    InputStream all = exchange.getRequestBody();
    RequestBody body = RequestBody.of(new Fields(exchange.getRequestHeaders()), () -> all);
    AuthRequest request = request(exchange, body);
    AdapterRoute route = route(exchange);
    try {
      if (endpoints.areFor(request)) {
        send(exchange, endpoints.handle(request, body.stream()));
      } else if (route == null) {
        send(exchange, Problem.of(404, "not_found", "There is nothing here.").toResponse());
      } else {
        guarded(exchange, request, body, route);
      }
    } catch (StoreUnavailableException e) {
      sendInstead(exchange, Guard.storeUnavailable());
    } catch (IOException e) {
      exchange.close(); // the client has gone
    } catch (RuntimeException e) {
      sendInstead(exchange, Problem.of(500, "internal_error", "A handler failed.").toResponse());
    } finally {
      exchange.close();
    }
  }

  private void guarded(
      HttpExchange exchange, AuthRequest request, RequestBody body, AdapterRoute route)
      throws IOException {
    Decision decision;
    try {
      decision = check(exchange, request, route);
    } catch (RuntimeException e) {
      if (has(Fault.GOES_ON_AFTER_A_FAILURE)) {
        route.handler().handle(new JdkCall(exchange, null));
      } else {
        sendInstead(exchange, Problem.of(500, "internal_error", "It failed.").toResponse());
      }
      return;
    }
    if (decision instanceof Decision.Refuse refuse) {
      send(exchange, refuse.response());
      return;
    }
    Optional<Authenticated> who = ((Decision.Proceed) decision).who();
    add(exchange, ((Decision.Proceed) decision).headers());
    if (has(Fault.WRITES_NO_STORE_TWICE)) {
      add(exchange, ((Decision.Proceed) decision).headers());
    }
    if (!has(Fault.LOSES_WHAT_THE_GUARD_READ)) {
      exchange.setStreams(body.stream(), null);
    }
    route.handler().handle(new JdkCall(exchange, who.orElse(null)));
  }

  private Decision check(HttpExchange exchange, AuthRequest request, AdapterRoute route) {
    if (has(Fault.AUTHENTICATES_TWICE)) {
      guard.check(request, Permission.anyone());
    }
    boolean open =
        switch (fault) {
          case LETS_OPTIONS_THROUGH -> request.method().equals("OPTIONS");
          case MATCHES_PATHS_BY_ITSELF ->
              !routes.containsKey(exchange.getRequestURI().getRawPath());
          default -> false;
        };
    Optional<Permission> needed = open ? Optional.of(Permission.anyone()) : route.permission();
    return needed
        .map(permission -> guard.check(request, permission))
        .orElseGet(
            () ->
                fault == Fault.IGNORES_THE_DEFAULT_PERMISSION
                    ? guard.check(request, Permission.authenticated())
                    : guard.check(request));
  }

  private @Nullable AdapterRoute route(HttpExchange exchange) {
    URI target = exchange.getRequestURI();
    AdapterRoute route =
        routes.get(
            has(Fault.MATCHES_PATHS_BY_ITSELF)
                ? target.normalize().getPath()
                : target.getRawPath());
    return route == null || route.method().equals(exchange.getRequestMethod()) ? route : null;
  }

  private AuthRequest request(HttpExchange exchange, RequestBody body) {
    URI target = exchange.getRequestURI();
    InetAddress peer = exchange.getRemoteAddress().getAddress();
    AuthRequest.Builder request =
        AuthRequest.builder(
            exchange.getRequestMethod(),
            has(Fault.FORGETS_THE_AUTHORITY) ? pathAndQuery(target) : target.toString(),
            null,
            has(Fault.RESOLVES_NAMES) ? resolved(exchange, peer) : peer,
            has(Fault.RESOLVES_NAMES)
                && exchange.getRequestHeaders().containsKey("X-Forwarded-Proto"));
    FormSource form = body.form();
    return request
        .headers(new Fields(exchange.getRequestHeaders()))
        .form(has(Fault.READS_THE_QUERY_AS_FORM) ? withQuery(target, form) : form)
        .trustedProxies(proxies())
        .build();
  }

  private static String pathAndQuery(URI target) {
    String query = target.getRawQuery();
    return target.getRawPath() + (query == null ? "" : "?" + query);
  }

  private TrustedProxies proxies() {
    return switch (fault) {
      case TRUSTS_EVERY_PROXY -> TrustedProxies.of(List.of("0.0.0.0/0", "::/0"));
      case RESOLVES_NAMES -> TrustedProxies.none();
      default -> guard.chain().environment().proxies();
    };
  }

  private static InetAddress resolved(HttpExchange exchange, InetAddress peer) {
    String said = exchange.getRequestHeaders().getFirst("X-Forwarded-For");
    try {
      return said == null ? peer : InetAddress.getByName(said);
    } catch (IOException e) {
      return peer;
    }
  }

  private static FormSource withQuery(URI target, FormSource form) {
    String query = target.getRawQuery();
    return name ->
        query == null
            ? form.values(name)
            : FormFields.parse(query).getOrDefault(name, form.values(name));
  }

  private void sendInstead(HttpExchange exchange, AuthResponse response) throws IOException {
    if (!has(Fault.KEEPS_FIELDS_OF_A_FAILED_HANDLER)) {
      exchange.getResponseHeaders().clear();
    }
    send(exchange, response);
  }

  private void send(HttpExchange exchange, AuthResponse response) throws IOException {
    add(exchange, response.headers());
    byte[] body = response.bytes();
    boolean none = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(response.status(), none ? -1 : body.length);
    if (!none) {
      exchange.getResponseBody().write(body);
      exchange.getResponseBody().flush();
      if (!has(Fault.STOPS_READING)) {
        exchange.getRequestBody().readNBytes(MAX_DISCARDED);
      }
    }
    exchange.close();
  }

  private void add(HttpExchange exchange, List<AuthResponse.Header> lines) {
    for (AuthResponse.Header line : lines) {
      if (has(Fault.DROPS_CHALLENGES)) {
        exchange.getResponseHeaders().set(line.name(), line.value());
      } else {
        exchange.getResponseHeaders().add(line.name(), line.value());
      }
    }
  }

  private record Fields(Headers headers) implements HeaderSource {
    @Override
    public List<String> values(String name) {
      return headers.getOrDefault(name, List.of());
    }

    @Override
    public Collection<String> names() {
      return headers.keySet();
    }
  }
}
