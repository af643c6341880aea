package dev.sallyport.vertx;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.Plan;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.http.RefusedRequestException;
import dev.sallyport.lane.Lanes;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests in to the handlers behind it, or writes the guard's refusal. Stores are asked and
 * passwords hashed on lanes: it never blocks the event loop. Immutable.
 *
 * <pre>{@code
 * AuthHandler auth = AuthHandler.of(guard, lanes);
 * router.route().failureHandler(AuthHandler.failures());
 * router.route().handler(auth.endpoints(endpoints));
 * router.get("/news").handler(auth.needing(Permission.anyone())).handler(this::news);
 * router.route().handler(auth);         // all that follows needs the default permission
 * router.get("/hello").handler(this::hello);
 * vertx.createHttpServer().requestHandler(AuthHandler.keepingForms(router));
 * }</pre>
 *
 * <p>Behind it, {@code ctx.user()} is the caller, whose roles are authorizations of Vert.x. It
 * stands before {@code BodyHandler}, and compares no paths.
 */
public final class AuthHandler implements SecurityPolicyHandler {
  private final Guard guard;
  private final Lanes lanes;
  private final Permission permission;
  private final @Nullable Handler<RoutingContext> cors;

  private AuthHandler(
      Guard guard, Lanes lanes, Permission permission, @Nullable Handler<RoutingContext> cors) {
    this.guard = Objects.requireNonNull(guard, "guard");
    this.lanes = Objects.requireNonNull(lanes, "lanes");
    this.permission = Objects.requireNonNull(permission, "permission");
    this.cors = cors;
  }

  /**
   * A handler that lets through what the guard's default permission allows.
   *
   * @param guard checks requests; its environment says which proxies are trusted
   * @param lanes where it may block; the host closes them
   * @return the handler
   */
  public static AuthHandler of(Guard guard, Lanes lanes) {
    return new AuthHandler(guard, lanes, guard.defaultPermission(), null);
  }

  /**
   * The same for routes that need something else. Behind another handler of the same guard, nobody
   * is asked for credentials again; that other one's permission is needed as well.
   *
   * @param permission what they need
   * @return a new handler
   */
  public AuthHandler needing(Permission permission) {
    return new AuthHandler(guard, lanes, permission, cors);
  }

  /**
   * Gives preflights of cross-origin requests, which carry no credentials, to a handler of the
   * host's, and nothing else.
   *
   * @param cors answers them; it must not call {@code next}
   * @return a new handler
   */
  public AuthHandler withPreflights(Handler<RoutingContext> cors) {
    return new AuthHandler(guard, lanes, permission, Objects.requireNonNull(cors, "cors"));
  }

  /**
   * A handler that answers the endpoints, and preflights with that option. All else goes to the
   * next handler.
   *
   * @param endpoints the endpoints
   * @return the handler, to stand before all others
   */
  public Handler<RoutingContext> endpoints(AuthEndpoints endpoints) {
    Objects.requireNonNull(endpoints, "endpoints");
    return ctx -> {
      ReceivedRequest received = received(ctx, new PostedForm());
      if (cors != null && received.request().isPreflight()) {
        cors.handle(ctx);
      } else if (endpoints.areFor(received.request())) {
        answer(ctx, endpoints, received);
      } else {
        ctx.next();
      }
    };
  }

  private void answer(RoutingContext ctx, AuthEndpoints endpoints, ReceivedRequest received) {
    AuthRequest request = received.request();
    if (endpoints.plan(request, InputStream.nullInputStream())
        instanceof Plan.Done<AuthResponse> no) {
      Answer.send(ctx, no.result()); // nobody is there who would read a body
      return;
    }
    EndpointBody.read(
        ctx,
        body -> {
          received.form().take(ctx.request(), body);
          Plan<AuthResponse> plan = endpoints.plan(request, new ByteArrayInputStream(body));
          new Continuation<AuthResponse>(ctx, answer -> Answer.send(ctx, answer), ctx::fail)
              .after(lanes.answer(guard, request, plan));
        });
  }

  /**
   * A router whose requests let the guard look for {@code csrf_token} in a posted form. Without it,
   * nobody looks, and only a header can prove a request of a session.
   *
   * @param router the router
   * @return what the server calls
   */
  public static Handler<HttpServerRequest> keepingForms(Router router) {
    return request -> router.handle(new KeptRequest(request));
  }

  /**
   * {@return a failure handler: 503 for {@link StoreUnavailableException}, the response of {@link
   * RefusedRequestException}, and 500 for what else a handler throws, without its header fields}
   * Anything else goes to the next failure handler.
   */
  public static Handler<RoutingContext> failures() {
    return Failures::answer;
  }

  /**
   * Who a request is from.
   *
   * @param ctx a context behind this handler
   * @return the caller; empty for an anonymous request
   */
  public static Optional<Authenticated> who(RoutingContext ctx) {
    Admission admission = Admission.of(ctx);
    return admission == null ? Optional.empty() : admission.who();
  }

  /**
   * The request as the guard saw it.
   *
   * @param ctx a context behind this handler
   * @return the same request, as it came from the client
   * @throws IllegalStateException if no handler of this class has seen it
   */
  public static AuthRequest authRequest(RoutingContext ctx) {
    Admission admission = Admission.of(ctx);
    if (admission == null) {
      throw new IllegalStateException(
          "No AuthHandler has seen this request: put one on this route, before other handlers");
    }
    return admission.request();
  }

  /**
   * Writes a whole response, if the client is still there. Up to 16 MiB of an unread body are
   * discarded behind it, for 10 seconds, since a client may read it only when it has sent all; then
   * the connection is closed, or the stream reset.
   *
   * @param ctx a context whose response nobody has begun, in its event loop
   * @param answer the response
   */
  public static void send(RoutingContext ctx, AuthResponse answer) {
    Answer.send(ctx, answer);
  }

  @Override
  public void handle(RoutingContext ctx) {
    Admission known = Admission.of(ctx);
    if (known != null && known.isEnough(guard, ctx.request())) {
      boolean isThere = known.received().uri().equals(ctx.request().uri());
      authorize(ctx, isThere ? known : known.at(received(ctx, known.received().form())));
      return;
    }
    // A form can't be read twice.
    PostedForm form = known == null ? new PostedForm() : known.received().form();
    ReceivedRequest received = received(ctx, form);
    if (cors != null && received.request().isPreflight()) {
      cors.handle(ctx);
    } else {
      check(ctx, received);
    }
  }

  private void authorize(RoutingContext ctx, Admission known) {
    Decision decision;
    try {
      decision = guard.authorize(known.request(), known.who(), permission);
    } catch (PostedForm.WantedException e) {
      known.received().form().read(ctx, () -> authorize(ctx, known));
      return;
    }
    obey(ctx, decision, proceed -> known);
  }

  private void check(RoutingContext ctx, ReceivedRequest received) {
    new Continuation<Decision>(
            ctx,
            decision ->
                obey(ctx, decision, proceed -> Admission.of(guard, received, proceed.who())),
            thrown -> {
              if (thrown instanceof PostedForm.WantedException) {
                received.form().read(ctx, () -> check(ctx, received));
              } else {
                ctx.fail(thrown);
              }
            })
        .after(lanes.check(guard, received.request(), permission));
  }

  private static void obey(
      RoutingContext ctx, Decision decision, Function<Decision.Proceed, Admission> admit) {
    if (decision instanceof Decision.Proceed proceed) {
      Answer.add(proceed.headers(), ctx.response());
      admit.apply(proceed).goOn(ctx);
    } else {
      Answer.send(ctx, ((Decision.Refuse) decision).response());
    }
  }

  private ReceivedRequest received(RoutingContext ctx, PostedForm form) {
    return ReceivedRequest.of(ctx.request(), form, guard.chain().environment().proxies());
  }
}
