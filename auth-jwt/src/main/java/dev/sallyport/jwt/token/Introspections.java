package dev.sallyport.jwt.token;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.jwt.fetch.RemoteJson;
import dev.sallyport.jwt.json.JsonObject;
import dev.sallyport.store.SecretDigest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server about each token once at a time, and remembers its answers for a while. What is
 * refused has a memory of its own, so that a flood of bad tokens pushes out no good one.
 */
final class Introspections {
  private static final int MAX_BYTES = 64 << 10;
  private static final int MAX_REFUSED = 10_000;
  private static final long MAX_REFUSED_BYTES = 8L << 20;
  private static final Duration REFUSED_FOR = Duration.ofSeconds(10);

  private final AuthEnvironment environment;
  private final RemoteJson endpoint;
  private final Supplier<String> authorization;
  private final IntrospectionPolicy policy;
  private final Duration timeout;
  private final Duration activeFor;
  private final SeenTokens<Answer> active;
  private final SeenTokens<Answer> refused =
      new SeenTokens<>(MAX_REFUSED, MAX_REFUSED_BYTES, this::isFresh);
  private final Map<SecretDigest, CompletableFuture<Answer>> underWay = new ConcurrentHashMap<>();
  private final Semaphore waiting;
  private final int maxWaiting;

  /** What the server has said, and from when until when it is believed. */
  private record Answer(IntrospectionResult result, Instant asked, Instant until) {}

  Introspections(TokenIntrospector.Builder builder, IntrospectionPolicy policy) {
    this.environment = builder.environment;
    this.endpoint =
        new RemoteJson(builder.endpoint, builder.httpClient(), builder.timeout, "application/json");
    this.authorization = builder.authorization();
    this.policy = policy;
    this.timeout = builder.timeout;
    this.activeFor = builder.rememberFor;
    this.active = new SeenTokens<>(builder.maxSeen, builder.maxSeenBytes, this::isFresh);
    this.maxWaiting = builder.maxWaiting;
    this.waiting = new Semaphore(maxWaiting);
  }

  IntrospectionResult find(String token) {
    SecretDigest key = SecretDigest.of(token);
    Answer known = remembered(key);
    return (known == null ? ask(key, token) : known).result;
  }

  private @Nullable Answer remembered(SecretDigest key) {
    Answer known = active.find(key);
    return known == null ? refused.find(key) : known;
  }

  /** After a clock was set back, nothing is believed that was said later. */
  private boolean isFresh(Answer answer) {
    Instant now = environment.now();
    return !now.isBefore(answer.asked) && now.isBefore(answer.until);
  }

  private Answer ask(SecretDigest key, String token) {
    if (!waiting.tryAcquire()) {
      throw new StoreUnavailableException(
          maxWaiting + " threads are already waiting for answers from " + endpoint);
    }
    try {
      return request(key, token).get(timeout.toMillis() + 1000, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new StoreUnavailableException("There is no answer from " + endpoint, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("Interrupted while a token was introspected", e);
    } finally {
      waiting.release();
    }
  }

  /** The request that is under way for a token, or a new one. */
  private CompletableFuture<Answer> request(SecretDigest key, String token) {
    CompletableFuture<String> start = new CompletableFuture<>();
    CompletableFuture<Answer> mine =
        start
            .thenCompose(asked -> send(key, asked))
            .whenComplete(
                (answer, fault) -> {
                  underWay.remove(key);
                  if (fault != null) {
                    report(fault);
                  }
                });
    CompletableFuture<Answer> others = underWay.putIfAbsent(key, mine);
    if (others != null) {
      return others;
    }
    start.complete(token);
    return mine;
  }

  private CompletableFuture<Answer> send(SecretDigest key, String token) {
    Answer known = remembered(key); // another request may have ended in between
    if (known != null) {
      return CompletableFuture.completedFuture(known);
    }
    Instant now = environment.now();
    Map<String, String> form = Map.of("token", token, "token_type_hint", "access_token");
    return endpoint
        .post(form, authorization.get(), MAX_BYTES)
        .thenApply(body -> judge(key, token, body, now));
  }

  private Answer judge(SecretDigest key, String token, byte[] body, Instant asked) {
    IntrospectionResult result;
    try {
      result = policy.judge(body, asked);
    } catch (IOException e) {
      throw new CompletionException(e);
    }
    if (result instanceof IntrospectedToken good) {
      Instant end = asked.plus(activeFor);
      Instant until = good.expiresAt().filter(end::isAfter).orElse(end);
      Answer answer = new Answer(good, asked, until);
      active.add(key, answer, good.all(), token.length());
      return answer;
    }
    Duration refusedFor = REFUSED_FOR.compareTo(activeFor) < 0 ? REFUSED_FOR : activeFor;
    Answer answer = new Answer(result, asked, asked.plus(refusedFor));
    refused.add(key, answer, JsonObject.EMPTY, 0);
    return answer;
  }

  private void report(Throwable fault) {
    Throwable cause = fault.getCause() == null ? fault : fault.getCause();
    environment.publish(
        new AuthEvent.StoreOutage(
            environment.now(), "introspection_endpoint", cause.getClass().getName()));
  }

  @Override
  public String toString() {
    return endpoint.toString();
  }
}
