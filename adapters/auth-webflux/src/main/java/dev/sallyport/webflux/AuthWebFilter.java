package dev.sallyport.webflux;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.Plan;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.lane.Lanes;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.cors.reactive.PreFlightRequestHandler;
import org.springframework.web.reactive.function.server.HandlerFilterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Lets requests in to the handlers behind it, or writes the guard's refusal. Stores are asked and
 * passwords hashed on lanes: it never blocks the event loop. Immutable.
 *
 * <pre>{@code
 * AuthWebFilter auth = AuthWebFilter.of(guard, lanes).withEndpoints(endpoints);
 * HttpHandler handler = WebHttpHandlerBuilder.webHandler(RouterFunctions.toWebHandler(routes))
 *     .filter(auth)
 *     .build();
 *
 * Mono<Authenticated> who = AuthWebFilter.who(); // in a handler
 * }</pre>
 *
 * <p>Behind it, {@code exchange.getPrincipal()} is the caller, and the attribute {@link #ATTRIBUTE}
 * has the whole of what is known. It comes before any filter that reads the body. It compares no
 * paths but those of the endpoints.
 *
 * <p>What the filter had to wait for goes on in the event loop of Reactor Netty, or with another
 * server in a thread of {@code Schedulers.parallel()}. Neither may block.
 */
public final class AuthWebFilter implements WebFilter, Ordered {
  /** The attribute of an exchange that is the caller, an {@link Authenticated}. */
  public static final String ATTRIBUTE = "dev.sallyport.Authenticated";

  /** A byte more than an endpoint reads, so that it sees what is too large. */
  private static final int ENDPOINT_BYTES = 16 * 1024 + 1;

  private final Guard guard;
  private final Lanes lanes;
  private final Permission permission;
  private final @Nullable AuthEndpoints endpoints;
  private final @Nullable PreFlightRequestHandler cors;

  private AuthWebFilter(
      Guard guard,
      Lanes lanes,
      Permission permission,
      @Nullable AuthEndpoints endpoints,
      @Nullable PreFlightRequestHandler cors) {
    this.guard = Objects.requireNonNull(guard, "guard");
    this.lanes = Objects.requireNonNull(lanes, "lanes");
    this.permission = Objects.requireNonNull(permission, "permission");
    this.endpoints = endpoints;
    this.cors = cors;
  }

  /**
   * A filter that lets through what the guard's default permission allows.
   *
   * @param guard checks requests; its environment says which proxies are trusted, and has the base
   *     path as its mount path
   * @param lanes where it may block; the host closes them
   * @return the filter
   */
  public static AuthWebFilter of(Guard guard, Lanes lanes) {
    return new AuthWebFilter(guard, lanes, guard.defaultPermission(), null, null);
  }

  /**
   * The same with another permission: {@link Permission#anyone()} where each route says what it
   * needs by {@link #requiring}.
   *
   * @param permission what all requests need
   * @return a new filter
   */
  public AuthWebFilter needing(Permission permission) {
    return new AuthWebFilter(guard, lanes, permission, endpoints, cors);
  }

  /**
   * Answers requests for endpoints.
   *
   * @param endpoints the endpoints
   * @return a new filter
   */
  public AuthWebFilter withEndpoints(AuthEndpoints endpoints) {
    Objects.requireNonNull(endpoints, "endpoints");
    return new AuthWebFilter(guard, lanes, permission, endpoints, cors);
  }

  /**
   * Gives preflights of cross-origin requests, which carry no credentials, to a handler of the
   * host's, such as a {@code DispatcherHandler}, and nothing else; by default they are refused like
   * any request without credentials.
   *
   * @param cors answers them
   * @return a new filter
   */
  public AuthWebFilter withPreflights(PreFlightRequestHandler cors) {
    Objects.requireNonNull(cors, "cors");
    return new AuthWebFilter(guard, lanes, permission, endpoints, cors);
  }

  /**
   * Lets in to routes only who may call them, without asking any store.
   *
   * <pre>{@code
   * RouterFunctions.route().GET("/admin", this::admin).build()
   *     .filter(AuthWebFilter.requiring(Permission.role("admin")));
   * }</pre>
   *
   * @param permission what the routes need
   * @return a filter of routes behind this one
   */
  public static HandlerFilterFunction<ServerResponse, ServerResponse> requiring(
      Permission permission) {
    Objects.requireNonNull(permission, "permission");
    return (request, next) -> {
      Optional<AuthResponse> refusal = refusal(request.exchange(), permission);
      return refusal.isPresent()
          ? send(request.exchange(), refusal.get()).then(Mono.empty())
          : next.handle(request);
    };
  }

  /**
   * What to answer to a caller who may not go on. No store is asked.
   *
   * @param exchange an exchange behind the filter
   * @param permission what the caller needs
   * @return the refusal; empty if the caller has the permission
   * @throws IllegalStateException if no filter has let the request in, or the permission reads a
   *     form: the body is the handler's, and only the filter's own permission can look at it
   */
  public static Optional<AuthResponse> refusal(ServerWebExchange exchange, Permission permission) {
    try {
      return Admission.required(exchange).decide(permission) instanceof Decision.Refuse refuse
          ? Optional.of(refuse.response())
          : Optional.empty();
    } catch (PostedForm.WantedException e) {
      throw new IllegalStateException(
          "The permission of a handler can't read the form of a request: read it in the handler",
          e);
    }
  }

  /**
   * Writes a whole response, such as that of {@code SessionLogin}, in the event loop.
   *
   * @param exchange the exchange; header lines that its response has already are sent as well
   * @param answer what to write
   * @return completes when it is written. Nothing is, where another response has been begun
   */
  public static Mono<Void> send(ServerWebExchange exchange, AuthResponse answer) {
    return Mono.defer(() -> Answer.send(exchange, answer))
        .subscribeOn(NettyRequest.eventLoop(exchange.getRequest()));
  }

  /**
   * Who the request is from in whose context this is subscribed to.
   *
   * @return the caller; empty for an anonymous request, and outside of a request
   */
  public static Mono<Authenticated> who() {
    return Mono.deferContextual(
        context -> Mono.justOrEmpty(context.<Authenticated>getOrEmpty(Authenticated.class)));
  }

  /**
   * Who a request is from.
   *
   * @param exchange an exchange behind the filter
   * @return the caller; empty for an anonymous request
   */
  public static Optional<Authenticated> who(ServerWebExchange exchange) {
    Admission admission = Admission.of(exchange);
    return admission == null ? Optional.empty() : admission.who();
  }

  /**
   * The request as the guard saw it: for a handler that begins a session, needs the client's
   * address, or requires HTTPS.
   *
   * @param exchange an exchange behind the filter
   * @return the same request, as it came from the client
   * @throws IllegalStateException if no filter has let it in
   */
  public static AuthRequest authRequest(ServerWebExchange exchange) {
    return Admission.required(exchange).request();
  }

  /** {@return a place before all filters that don't ask for an earlier one} */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE + 10;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    Admission known = Admission.of(exchange);
    if (known != null && known.guard().chain().equals(guard.chain())) {
      return known.decide(permission) instanceof Decision.Refuse refuse
          ? Answer.send(exchange, refuse.response())
          : chain.filter(exchange);
    }
    ReceivedRequest.Fields fields = ReceivedRequest.Fields.of(exchange.getRequest());
    PostedForm form = new PostedForm(fields);
    AuthRequest request =
        ReceivedRequest.of(
            exchange.getRequest(), fields, form, guard.chain().environment().proxies());
    if (cors != null && request.isPreflight()) {
      return cors.handlePreFlight(exchange);
    }
    if (endpoints != null && endpoints.areFor(request)) {
      return answer(endpoints, exchange, request, form);
    }
    return check(exchange, request, form)
        .flatMap(
            decision ->
                decision instanceof Decision.Proceed proceed
                    ? goOn(exchange, chain, request, form, proceed)
                    : refuse(exchange, form, ((Decision.Refuse) decision).response()));
  }

  private static Mono<Void> refuse(
      ServerWebExchange exchange, PostedForm form, AuthResponse refusal) {
    BegunBody begun = form.body();
    return begun == null
        ? Answer.send(exchange, refusal)
        : Answer.send(exchange, refusal, UnreadBody.of(begun));
  }

  private Mono<Void> answer(
      AuthEndpoints endpoints, ServerWebExchange exchange, AuthRequest request, PostedForm form) {
    if (endpoints.plan(request, InputStream.nullInputStream())
        instanceof Plan.Done<AuthResponse> nobody) {
      return Answer.send(exchange, nobody.result()); // what needs nothing needs no body either
    }
    return Mono.defer(
        () -> {
          BegunBody body = BegunBody.of(exchange.getRequest().getBody(), ENDPOINT_BYTES);
          return body.begin()
              .doOnNext(form::is)
              .flatMap(begin -> await(exchange, () -> run(endpoints, request, begin)))
              .flatMap(answer -> Answer.send(exchange, answer, UnreadBody.of(body)));
        });
  }

  private CompletionStage<AuthResponse> run(
      AuthEndpoints endpoints, AuthRequest request, byte[] body) {
    return lanes.answer(guard, request, endpoints.plan(request, new ByteArrayInputStream(body)));
  }

  private Mono<Decision> check(ServerWebExchange exchange, AuthRequest request, PostedForm form) {
    Mono<Decision> check = await(exchange, () -> lanes.check(guard, request, permission));
    return form.isForm()
        ? check.onErrorResume(
            PostedForm.WantedException.class,
            wanted -> form.read(exchange.getRequest()).then(check))
        : check;
  }

  private Mono<Void> goOn(
      ServerWebExchange exchange,
      WebFilterChain chain,
      AuthRequest request,
      PostedForm form,
      Decision.Proceed decision) {
    Optional<Authenticated> who = decision.who();
    new Admission(guard, request, who).keepIn(exchange);
    Answer.add(decision.headers(), exchange.getResponse());
    Runnable restore = Answer.keepFields(exchange);
    return chain
        .filter(new GuardedExchange(exchange, who, form.body()))
        .onErrorResume(thrown -> Answer.sendInstead(exchange, restore, thrown))
        .contextWrite(
            context ->
                who.isPresent()
                    ? context.put(Authenticated.class, who.get())
                    : context.delete(Authenticated.class));
  }

  /** What is cancelled gives its place in a lane up. */
  private static <T> Mono<T> await(ServerWebExchange exchange, Supplier<CompletionStage<T>> start) {
    return Mono.defer(
        () -> {
          CompletableFuture<T> stage = start.get().toCompletableFuture();
          if (!stage.isDone()) {
            return Mono.fromFuture(stage).publishOn(NettyRequest.eventLoop(exchange.getRequest()));
          }
          return stage.isCompletedExceptionally()
              ? Mono.fromFuture(stage)
              : Mono.just(stage.join());
        });
  }
}
