package com.example.micronaut;

import dev.sallyport.AuthRequest;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.http.BrokenBodyException;
import dev.sallyport.http.RequestBody;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpAttributes;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteMatch;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Decides about every request for which Micronaut has found a route, and answers the library's own
 * endpoints. It blocks, on a thread of the blocking executor.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class AuthServerFilter {
  private static final String LINES = AuthServerFilter.class.getName();

  private static final int MAX_DISCARDED = 16 * 1024 * 1024;

  private final Guard guard;
  private final AuthEndpoints endpoints;
  private final RoutePermissions permissions;

  AuthServerFilter(Guard guard, AuthEndpoints endpoints, RoutePermissions permissions) {
    this.guard = guard;
    this.endpoints = endpoints;
    this.permissions = permissions;
  }

  @SuppressWarnings("removal") // there is no other way yet to set the principal
  @RequestFilter
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Nullable
  HttpResponse<?> decide(HttpRequest<?> host) throws IOException {
    RequestBody body = Requests.body(host);
    AuthRequest request = Requests.of(host, body, guard.chain().environment().proxies());
    Optional<RouteMatch<?>> route = RouteAttributes.getRouteMatch(host);
    if (endpoints.areFor(request)) {
      return answer(request, body);
    }
    if (route.isEmpty()) {
      return null; // Micronaut's own 404 or 405, for anybody
    }
    Decision decision =
        guard.check(request, permissions.of(route.get()).orElseGet(guard::defaultPermission));
    if (decision instanceof Decision.Refuse refuse) {
      return Requests.response(refuse.response());
    }
    Decision.Proceed proceed = (Decision.Proceed) decision;
    proceed.who().ifPresent(who -> host.setAttribute(HttpAttributes.PRINCIPAL, new Caller(who)));
    host.setAttribute(LINES, proceed.headers());
    return null;
  }

  private HttpResponse<?> answer(AuthRequest request, RequestBody body) throws IOException {
    try {
      AuthResponse answer = endpoints.handle(request, body.stream());
      body.stream().skip(MAX_DISCARDED); // a client may read only when it has sent all
      return Requests.response(answer);
    } catch (BrokenBodyException e) {
      return HttpResponse.status(HttpStatus.BAD_REQUEST); // that nobody waits for
    }
  }

  @ResponseFilter
  void addLines(HttpRequest<?> host, MutableHttpResponse<?> response) {
    for (Object kept : host.getAttribute(LINES, List.class).orElse(List.of())) {
      AuthResponse.Header line = (AuthResponse.Header) kept;
      if (!response.getHeaders().getAll(line.name()).contains(line.value())) {
        response.getHeaders().add(line.name(), line.value());
      }
    }
  }
}
