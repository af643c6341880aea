package dev.sallyport.vertx;

import io.vertx.ext.auth.User;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.handler.SessionHandler;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * The user of a context, apart from Vert.x' sessions: the cookie of one must never be as good as
 * the caller's credentials, and its data and its id are the host's. An authentication handler of
 * Vert.x would give the session a new id with each request, and remember the user in it.
 */
record ContextUser(RoutingContext ctx) implements InvocationHandler {
  /** Vert.x Web's own keys: that the session is to remember the user, and that it does. */
  private static final String TO_REMEMBER = "__vertx.session-storeuser";

  private static final String REMEMBERED = "__vertx.userHolder";

  private static final SessionHandler SETTER = SessionHandler.create(null).setCookieless(true);

  private static final Constructor<?> APART = proxies();

  /**
   * Says who it is, whoever was there before.
   *
   * @param user null for nobody
   */
  @SuppressWarnings("ReferenceEquality") // an equal one that a session remembers is not this one
  static void set(RoutingContext ctx, @Nullable User user) {
    ctx.remove(TO_REMEMBER);
    if (ctx.user() == user) {
      return;
    }
    Session session = ctx.user() == null ? null : ctx.session();
    if (session != null) {
      session.remove(REMEMBERED);
    }
    try {
      SETTER.setUser((RoutingContext) APART.newInstance(new ContextUser(ctx)), user);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Looked up once, since {@link Proxy} would look for it with each request. */
  private static Constructor<?> proxies() {
    Class<?>[] type = {RoutingContext.class};
    try {
      return Proxy.newProxyInstance(
              ContextUser.class.getClassLoader(), type, (apart, method, arguments) -> null)
          .getClass()
          .getConstructor(InvocationHandler.class);
    } catch (NoSuchMethodException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** To what sets the user, the context has no session. */
  @Override
  public @Nullable Object invoke(Object apart, Method method, Object @Nullable [] arguments) {
    return switch (method.getName()) {
      case "userContext" -> ctx.userContext();
      case "vertx" -> ctx.vertx();
      case "isSessionAccessed" -> false;
      default -> null;
    };
  }
}
