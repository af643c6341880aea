package com.example.grizzly;

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
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.http.util.HttpStatus;
import org.glassfish.grizzly.memory.Buffers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What docs/adapter.md says, done for Grizzly. */
final class GrizzlyAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(GrizzlyAdapter.class);
  private static final int MAX_FORM = 2 * 1024 * 1024;
  private static final long MAX_DISCARDED = 16 * 1024 * 1024;
  private static final Duration MAX_DISCARDING = Duration.ofSeconds(10);

  private final Guard guard;
  private final Handler cors;

  private GrizzlyAdapter(Guard guard, Handler cors) {
    this.guard = guard;
    this.cors = cors;
  }

  static GrizzlyAdapter of(Guard guard) {
    return new GrizzlyAdapter(guard, null);
  }

  GrizzlyAdapter withPreflights(Handler handler) {
    return new GrizzlyAdapter(guard, handler);
  }

  /** Answers requests that the guard has allowed. */
  interface GuardedHandler {
    void handle(Request request, Response response, Optional<Authenticated> who) throws Exception;
  }

  /** Answers requests. */
  interface Handler {
    void handle(Request request, Response response) throws Exception;
  }

  private interface Step {
    void run(Exchange exchange) throws Exception;
  }

  private record Exchange(Request request, Response response, AuthRequest seen, RequestBody body) {}

  Handler protect(Permission permission, GuardedHandler handler) {
    return guarded(
        exchange -> {
          Decision decision = guard.check(exchange.seen, permission);
          if (decision instanceof Decision.Refuse refuse) {
            send(exchange, refuse.response());
            return;
          }
          Decision.Proceed proceed = (Decision.Proceed) decision;
          addHeaders(exchange.response, proceed.headers());
          if (exchange.body.isBegun()) {
            byte[] form = exchange.body.stream().readNBytes(MAX_FORM + 1);
            if (form.length > MAX_FORM) {
              throw new RefusedRequestException(
                  Problem.of(413, "content_too_large", "The form is too large."));
            }
            exchange.request.replayPayload(Buffers.wrap(null, form));
          } else {
            askForBody(exchange.request, exchange.response);
          }
          handler.handle(exchange.request, exchange.response, proceed.who());
        });
  }

  Handler endpoints(AuthEndpoints endpoints, Handler others) {
    Handler ours =
        guarded(
            exchange -> send(exchange, endpoints.handle(exchange.seen, exchange.body.stream())));
    return (request, response) ->
        (endpoints.areFor(builder(request).build()) ? ours : others).handle(request, response);
  }

  /** What the server calls. It asks for no body on its own. */
  static HttpHandler root(Handler handler) {
    return new HttpHandler() {
      @Override
      public void service(Request request, Response response) throws Exception {
        handler.handle(request, response);
      }

      @Override
      protected boolean sendAcknowledgment(Request request, Response response) {
        return true;
      }
    };
  }

  private Handler guarded(Step step) {
    return (request, response) -> {
      RequestBody body =
          RequestBody.of(
              new Fields(request),
              () -> {
                askForBody(request, response);
                return request.getInputStream();
              });
      AuthRequest seen = builder(request).form(body.form()).build();
      Exchange exchange = new Exchange(request, response, seen, body);
      try {
        if (cors != null && seen.isPreflight()) {
          cors.handle(request, response);
        } else {
          step.run(exchange);
        }
      } catch (RefusedRequestException e) {
        sendInstead(exchange, e.response());
      } catch (StoreUnavailableException e) {
        sendInstead(exchange, Guard.storeUnavailable());
      } catch (BrokenBodyException e) {
        broken(exchange);
      } catch (Exception | AssertionError | StackOverflowError e) {
        if (e instanceof IOException && !request.getContext().getConnection().isOpen()) {
          broken(exchange);
          return;
        }
        LOG.error("A handler failed: {} {}", e.getClass(), Arrays.toString(e.getStackTrace()));
        Problem problem = Problem.of(500, "internal_error", "The server could not answer.");
        sendInstead(exchange, problem.toResponse());
      }
    };
  }

  private static void askForBody(Request request, Response response) throws IOException {
    if (request.requiresAcknowledgement()) {
      response.setStatus(HttpStatus.CONINTUE_100);
      response.sendAcknowledgement();
      response.setStatus(HttpStatus.OK_200);
    }
  }

  private AuthRequest.Builder builder(Request request) {
    String query = request.getQueryString();
    return AuthRequest.builder(
            request.getMethod().getMethodString(),
            query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query,
            null,
            IpAddress.literal(request.getRemoteAddr()).orElse(IpAddress.UNSPECIFIED),
            request.isSecure())
        .headers(new Fields(request))
        .trustedProxies(guard.chain().environment().proxies());
  }

  private static void send(Exchange exchange, AuthResponse response) throws IOException {
    exchange.response.setStatus(response.status());
    addHeaders(exchange.response, response.headers());
    byte[] bytes = response.bytes();
    exchange.response.setContentLength(bytes.length);
    exchange.response.getOutputStream().write(bytes);
    exchange.response.flush();
    if (!exchange.request.requiresAcknowledgement()) {
      RequestBody.discard(exchange.body.stream(), MAX_DISCARDED, MAX_DISCARDING);
    }
  }

  private static void sendInstead(Exchange exchange, AuthResponse response) throws IOException {
    if (exchange.response.isCommitted()) {
      exchange.request.getContext().getConnection().terminateSilently();
      return;
    }
    exchange.response.reset();
    send(exchange, response);
  }

  private static void broken(Exchange exchange) {
    if (!exchange.response.isCommitted()) {
      exchange.response.reset();
      exchange.response.setStatus(400);
    }
  }

  private static void addHeaders(Response response, List<AuthResponse.Header> lines) {
    for (AuthResponse.Header line : lines) {
      if (!Arrays.asList(response.getHeaderValues(line.name())).contains(line.value())) {
        response.addHeader(line.name(), line.value());
      }
    }
  }

  private record Fields(Request request) implements HeaderSource {
    @Override
    public List<String> values(String name) {
      return list(request.getHeaders(name));
    }

    @Override
    public Collection<String> names() {
      return list(request.getHeaderNames());
    }

    private static List<String> list(Iterable<String> values) {
      List<String> list = new ArrayList<>();
      values.forEach(list::add);
      return list;
    }

    @Override
    public String toString() {
      return "Fields[hidden]";
    }
  }
}
