package dev.sallyport.demo;

import com.sun.net.httpserver.Headers;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.NotAttempted;
import dev.sallyport.Rejected;
import dev.sallyport.event.AuthEvent;
import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one request: who was asked and what they said, the events, and what the answer
 * sets. It holds no secret: results and events have none, and of a cookie only name and attributes
 * are kept. It has the true reasons of refusals, which no client of a real host may see. For the
 * thread of the request.
 */
final class RequestTrace {
  private static final int MAX_EVENTS = 64;

  private final long begin = System.nanoTime();
  private final List<Map<String, Object>> steps = new ArrayList<>();
  private final List<Map<String, Object>> events = new ArrayList<>();

  void said(String authenticator, AuthResult result, long nanos) {
    if (result instanceof Authenticated who) {
      Map<String, Object> step = step(authenticator, "authenticated", "", nanos);
      step.put("as", who.principal().name());
      step.put("scopes", who.scopes().map(List::copyOf).orElse(null));
    } else if (result instanceof Rejected rejected) {
      step(authenticator, "rejected", rejected.reason().name(), nanos);
    } else if (result instanceof NotAttempted nothing) {
      step(authenticator, nothing.isStale() ? "stale" : "not_attempted", nothing.reason(), nanos);
    }
  }

  Map<String, Object> step(String authenticator, String outcome, String reason, long nanos) {
    Map<String, Object> step = new LinkedHashMap<>();
    step.put("authenticator", authenticator);
    step.put("outcome", outcome);
    step.put("reason", reason);
    step.put("took_us", nanos / 1000);
    steps.add(step);
    return step;
  }

  void raised(AuthEvent event) {
    if (events.size() < MAX_EVENTS) {
      events.add(fields(event));
    }
  }

  /** All of it, with what the answer says. */
  Map<String, Object> answered(int number, int status, Headers headers) {
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("number", number);
    whole.put("took_us", (System.nanoTime() - begin) / 1000);
    whole.put("status", status);
    whole.put("steps", steps);
    whole.put("events", events);
    whole.put("challenges", headers.getOrDefault("WWW-Authenticate", List.of()));
    whole.put("retry_after", headers.getFirst("Retry-After"));
    whole.put(
        "cookies",
        headers.getOrDefault("Set-Cookie", List.of()).stream().map(RequestTrace::cookie).toList());
    return whole;
  }

  private static Map<String, Object> cookie(String line) {
    List<String> parts = Arrays.asList(line.split("; *", -1));
    List<String> attributes = parts.subList(1, parts.size());
    return Map.of(
        "name",
        parts.get(0).substring(0, parts.get(0).indexOf('=')),
        "attributes",
        attributes,
        "expired",
        attributes.contains("Max-Age=0"));
  }

  private static Map<String, Object> fields(AuthEvent event) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("event", event.getClass().getSimpleName());
    try {
      for (RecordComponent component : event.getClass().getRecordComponents()) {
        fields.put(component.getName(), shown(component.getAccessor().invoke(event)));
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("An event is a public record", e);
    }
    return fields;
  }

  private static @Nullable Object shown(@Nullable Object value) {
    if (value instanceof InetAddress address) {
      return address.getHostAddress();
    }
    return value == null || value instanceof Number || value instanceof Boolean
        ? value
        : value.toString();
  }
}
