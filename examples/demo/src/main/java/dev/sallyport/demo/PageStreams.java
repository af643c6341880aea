package dev.sallyport.demo;

import com.sun.net.httpserver.HttpExchange;
import dev.sallyport.AuthRequest;
import dev.sallyport.Secret;
import dev.sallyport.TransportSecurity;
import dev.sallyport.guard.AuthResponse.Header;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Problem;
import dev.sallyport.http.HttpServerAdapter;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The streams of open pages. A page gets a key over its stream, and puts it on its requests: only
 * what these requests did is told, and only to that page. Safe for many threads.
 */
final class PageStreams {
  static final String PATH = "/look/stream";

  /** A browser keeps six connections to a host, of which its pages need some for requests. */
  private static final int MAX_OPEN = 4;

  private static final String FIELD = "Demo-Trace";
  private static final Pattern VALUE = Pattern.compile("([A-Za-z0-9_-]{43})\\.([0-9]{1,9})");
  private static final int KEY_BYTES = 32;

  private final Guard guard;
  private final Deque<PageStream> open = new ArrayDeque<>();
  private boolean ended;

  PageStreams(Guard guard) {
    this.guard = guard;
  }

  /** Only on the developer's own machine: traces have reasons that clients must not see. */
  boolean areFor(AuthRequest request) {
    return guard.chain().environment().transport()
            == TransportSecurity.OPTIONAL_ON_LOOPBACK_FOR_DEVELOPMENT
        && request.path().equals(PATH);
  }

  /** The page that sent a request and follows it; empty for all other requests. */
  Optional<PageStream.Request> sender(AuthRequest request) {
    List<String> values = request.headers(FIELD);
    Matcher value = VALUE.matcher(values.size() == 1 ? values.get(0) : "");
    if (!value.matches()) {
      return Optional.empty();
    }
    Secret key = Secret.of(value.group(1));
    int number = Integer.parseInt(value.group(2));
    return opened().stream()
        .filter(page -> page.hasKey(key))
        .findFirst()
        .map(page -> new PageStream.Request(page, number));
  }

  /** Opens a stream, and serves it as long as the page is there. */
  void handle(HttpExchange exchange, AuthRequest request) throws IOException {
    if (!request.method().equals("POST")) {
      HttpServerAdapter.send(
          exchange,
          Problem.of(405, "method_not_allowed", "This path does not support this method.")
              .withHeader("Allow", "POST")
              .toResponse());
    } else if (guard.checkBody(request, "look") instanceof Decision.Refuse refuse) {
      HttpServerAdapter.send(exchange, refuse.response());
    } else {
      serve(exchange);
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().close();
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.getResponseHeaders().set(Header.NO_STORE.name(), Header.NO_STORE.value());
    exchange.sendResponseHeaders(200, 0);
    PageStream page = open();
    try (OutputStream out = exchange.getResponseBody()) {
      page.writeTo(out);
    } catch (IOException e) {
      // the page is gone
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      forget(page);
      exchange.close();
    }
  }

  private PageStream open() {
    SecureRandom random = guard.chain().environment().random();
    byte[] bytes = new byte[KEY_BYTES];
    random.nextBytes(bytes);
    String key = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    PageStream page = new PageStream(Secret.of(key));
    List<String> chain = guard.chain().members().stream().map(member -> member.name()).toList();
    page.tell("open", Map.of("key", key, "chain", chain));
    add(page);
    return page;
  }

  private synchronized List<PageStream> opened() {
    return List.copyOf(open);
  }

  private synchronized void add(PageStream page) {
    if (open.size() == MAX_OPEN) {
      open.removeFirst().end();
    }
    open.addLast(page);
    if (ended) {
      page.end();
    }
  }

  private synchronized void forget(PageStream page) {
    open.remove(page);
  }

  /** Ends all streams, and those to come. */
  synchronized void end() {
    ended = true;
    open.forEach(PageStream::end);
  }
}
