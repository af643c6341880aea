package com.example.micronaut;

import dev.sallyport.AuthRequest;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
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
import io.micronaut.http.server.types.files.FileCustomizableResponseType;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteMatch;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;

/**
 * Decides about every request for which Micronaut has found a route or a file, and answers the
 * library's own endpoints. It blocks, on a thread of the blocking executor.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class AuthServerFilter {
  private static final String LINES = AuthServerFilter.class.getName();

  private static final int MAX_DISCARDED = 16 * 1024 * 1024;
  private static final Duration MAX_DISCARDING = Duration.ofSeconds(10);

  private final Guard guard;
  private final AuthEndpoints endpoints;
  private final RoutePermissions permissions;
  private final ExecutorService blocking;

  AuthServerFilter(
      Guard guard,
      AuthEndpoints endpoints,
      RoutePermissions permissions,
      @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
    this.guard = guard;
    this.endpoints = endpoints;
    this.permissions = permissions;
    this.blocking = blocking;
  }

  @RequestFilter
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Nullable
  HttpResponse<?> decide(HttpRequest<?> host) throws IOException {
    try (SplitBody body = new SplitBody(host)) {
      AuthRequest request = request(host, body);
      if (endpoints.areFor(request)) {
        return answer(request, body.view());
      }
      Optional<RouteMatch<?>> route = RouteAttributes.getRouteMatch(host);
      if (route.isEmpty()) {
        return null; // a file, or Micronaut's own 404 or 405, for anybody
      }
      Permission needed = permissions.of(route.get()).orElseGet(guard::defaultPermission);
      return refusal(host, request, needed);
    }
  }

  private AuthRequest request(HttpRequest<?> host, SplitBody body) {
    return Requests.of(host, body.view(), guard.chain().environment().proxies());
  }

  private HttpResponse<?> answer(AuthRequest request, RequestBody body) throws IOException {
    try {
      AuthResponse answer = endpoints.handle(request, body.stream());
      RequestBody.discard(body.stream(), MAX_DISCARDED, MAX_DISCARDING);
      return Requests.response(answer);
    } catch (BrokenBodyException e) {
      return HttpResponse.status(HttpStatus.BAD_REQUEST); // that nobody waits for
    }
  }

  @SuppressWarnings("removal") // there is no other way yet to set the principal
  private @Nullable HttpResponse<?> refusal(
      HttpRequest<?> host, AuthRequest request, Permission needed) {
    Decision decision = guard.check(request, needed);
    if (decision instanceof Decision.Refuse refuse) {
      return Requests.response(refuse.response());
    }
    Decision.Proceed proceed = (Decision.Proceed) decision;
    proceed.who().ifPresent(who -> host.setAttribute(HttpAttributes.PRINCIPAL, new Caller(who)));
    host.setAttribute(LINES, proceed.headers());
    return null;
  }

  @ResponseFilter
  CompletionStage<HttpResponse<?>> complete(HttpRequest<?> host, MutableHttpResponse<?> response) {
    if (response.body() instanceof FileCustomizableResponseType file
        && RouteAttributes.getRouteMatch(host).isEmpty()) {
      return CompletableFuture.supplyAsync(() -> checkFile(host, response, file), blocking);
    }
    addLines(host, response);
    return CompletableFuture.completedFuture(response);
  }

  /**
   * A file of the router's static resources has no route, and only the response tells that it is
   * one; it needs the default permission.
   */
  private HttpResponse<?> checkFile(
      HttpRequest<?> host, MutableHttpResponse<?> response, FileCustomizableResponseType file) {
    try (SplitBody body = new SplitBody(host)) {
      HttpResponse<?> refusal = refusal(host, request(host, body), guard.defaultPermission());
      if (refusal == null) {
        addLines(host, response);
        return response;
      }
      if (file instanceof StreamedFile opened) {
        opened.getInputStream().close();
      }
      return refusal;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void addLines(HttpRequest<?> host, MutableHttpResponse<?> response) {
    for (Object kept : host.getAttribute(LINES, List.class).orElse(List.of())) {
      AuthResponse.Header line = (AuthResponse.Header) kept;
      if (!response.getHeaders().getAll(line.name()).contains(line.value())) {
        response.getHeaders().add(line.name(), line.value());
      }
    }
  }
}
