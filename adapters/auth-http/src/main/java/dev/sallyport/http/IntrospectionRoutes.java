package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.credential.TokenIntrospection;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.guard.Problem;
import dev.sallyport.throttle.Budget;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells other servers of one's own what our tokens are worth (RFC 7662). Nobody can guess a token;
 * what a caller could do is ask too often, so each has a budget on each node.
 */
final class IntrospectionRoutes {
  private static final String PURPOSE = "introspect";
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final Reason OVER_BUDGET = new Reason("over_budget", Refusal.THROTTLED);
  private static final Map<String, Object> INACTIVE = Map.of("active", false);

  private final Guard guard;
  private final Permission permission;
  private final List<TokenIntrospection> schemes;
  private final Budget<String> budget;
  private final ReentrantLock lock = new ReentrantLock();

  IntrospectionRoutes(Guard guard, Permission permission, int perMinute) {
    this.guard = guard;
    this.permission = Permission.authenticated().and(permission);
    this.schemes =
        guard.chain().members().stream()
            .flatMap(member -> member.unwrap(TokenIntrospection.class).stream())
            .toList();
    this.budget = new Budget<>(perMinute, WINDOW, guard.chain().environment().clock());
  }

  void addTo(Routes routes, String path) {
    routes.add("POST", path, this::introspect);
  }

  private AuthResponse introspect(AuthRequest request, InputStream body)
      throws IOException, RefusedRequestException {
    if (guard.checkBody(request, PURPOSE) instanceof Decision.Refuse refuse) {
      return refuse.response();
    }
    Decision decision = guard.check(request, permission);
    if (decision instanceof Decision.Refuse refuse) {
      return refuse.response();
    }
    charge(request, ((Decision.Proceed) decision).who().orElseThrow());
    String token = FormBody.read(request, body).text("token");
    return JsonResponse.of(
        200,
        guard
            .chain()
            .environment()
            .reportingOutage(PURPOSE, () -> find(token))
            .map(IntrospectionRoutes::active)
            .orElse(INACTIVE));
  }

  private Optional<Map<String, Object>> find(String token) {
    return schemes.stream().flatMap(scheme -> scheme.introspect(token).stream()).findFirst();
  }

  private static Map<String, Object> active(Map<String, Object> members) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("active", true);
    all.putAll(members);
    return all;
  }

  private void charge(AuthRequest request, Authenticated caller) throws RefusedRequestException {
    Duration rest = rest(caller.principal().id());
    if (!rest.isZero()) {
      Rejected throttled = Rejected.of(PURPOSE, OVER_BUDGET).withSubject(caller.principal().name());
      guard.chain().environment().report(throttled, request.clientAddress());
      throw new RefusedRequestException(
          Problem.of(429, Refusal.THROTTLED.code(), "Too many tokens were introspected.")
              .withRetryAfter(rest));
    }
  }

  /** Takes one from a caller's budget; returns how long to wait if nothing is left. */
  private Duration rest(String callerId) {
    lock.lock();
    try {
      Duration rest = budget.rest(callerId);
      if (rest.isZero()) {
        budget.count(callerId);
      }
      return rest;
    } finally {
      lock.unlock();
    }
  }
}
