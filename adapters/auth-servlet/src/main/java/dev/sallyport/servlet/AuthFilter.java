package dev.sallyport.servlet;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.http.BrokenBodyException;
import dev.sallyport.http.RefusedRequestException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts a guard in front of the servlets of a context. It asks the guard once for each request, and
 * writes what that refuses; it decides nothing. Immutable and safe for many threads; it blocks
 * while a store is asked or a password is hashed.
 *
 * <pre>{@code
 * AuthFilter.of(guard).withEndpoints(endpoints).addTo(servletContext);
 *
 * Optional<Authenticated> who = AuthFilter.who(request); // in a servlet
 * }</pre>
 *
 * <p>Behind the filter, {@code getUserPrincipal}, {@code getRemoteUser}, {@code isUserInRole} and
 * {@code getAuthType} answer as the guard has decided, and so they do after a forward, an include,
 * an error, or an asynchronous start. {@code login} and {@code logout} are refused: a login here is
 * a response with a credential in it.
 *
 * <p>It must come before any filter that reads parameters or the body. It compares no paths: the
 * container has matched the servlet already.
 */
public final class AuthFilter implements Filter {
  private final Gate gate;

  private AuthFilter(Gate gate) {
    this.gate = gate;
  }

  /**
   * A filter that lets through what the guard's default permission allows.
   *
   * @param guard checks requests; its environment says which proxies are trusted, and has the
   *     context path as its mount path
   * @return the filter
   */
  public static AuthFilter of(Guard guard) {
    return new AuthFilter(
        new Gate(guard, null, ServletPermissions.all(guard.defaultPermission()), null));
  }

  /**
   * Answers requests for endpoints, so that they need no servlet.
   *
   * @param endpoints the endpoints
   * @return a new filter
   */
  public AuthFilter withEndpoints(AuthEndpoints endpoints) {
    return new AuthFilter(gate.with(Objects.requireNonNull(endpoints, "endpoints")));
  }

  /**
   * Says what servlets need. A servlet that isn't named needs the guard's default permission. A
   * forward, an include or an asynchronous dispatch to a servlet that needs something else is
   * judged as well.
   *
   * @param permissions by the name of a servlet or by one of its mappings, such as {@code
   *     /admin/*}, as they were registered; where both are there, that of the mapping counts. The
   *     filter doesn't start if it names a servlet that isn't in the context
   * @return a new filter
   * @throws IllegalArgumentException if one has been named before
   */
  public AuthFilter withPermissions(Map<String, Permission> permissions) {
    return new AuthFilter(gate.with(gate.permissions().with(permissions)));
  }

  /**
   * Names servlets at which no credentials are looked at, such as that of static files: whoever
   * asks is nobody there, even with a session. {@link Permission#anyone} is for a servlet that
   * answers anybody but wants to know who it is.
   *
   * @param servlets names or mappings, as for {@link #withPermissions}
   * @return a new filter
   * @throws IllegalArgumentException if one is named twice
   */
  public AuthFilter withoutGuard(String... servlets) {
    return new AuthFilter(gate.with(gate.permissions().without(Set.of(servlets))));
  }

  /**
   * Passes preflights of cross-origin requests, which carry no credentials, to a filter of the
   * host's; by default they are refused like any request without credentials. Nothing else gets
   * past the guard by it: a preflight that the filter passes on is checked like any other request.
   *
   * @param cors answers them; the host initialises it
   * @return a new filter
   */
  public AuthFilter withPreflights(Filter cors) {
    return new AuthFilter(gate.with(Objects.requireNonNull(cors, "cors")));
  }

  /**
   * Registers this filter before all others, for every path and each type of dispatch, also for
   * asynchronous requests; and a servlet for the paths of the endpoints, without which some
   * containers would answer 404 before any filter.
   *
   * @param context a context that has not started, as a {@code ServletContextListener} or a {@code
   *     ServletContainerInitializer} is given
   * @throws IllegalStateException if the context has started or has an AuthFilter already
   */
  public void addTo(ServletContext context) {
    FilterRegistration.Dynamic added = context.addFilter(AuthFilter.class.getName(), this);
    if (added == null) {
      throw new IllegalStateException("The context has an AuthFilter already");
    }
    added.setAsyncSupported(true);
    added.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    AuthEndpoints endpoints = gate.endpoints();
    if (endpoints != null) {
      int mountPath = gate.mountPath().length();
      ServletRegistration paths =
          context.addServlet(EndpointPaths.class.getName(), new EndpointPaths());
      paths.addMapping(endpoints.basePath().substring(mountPath) + "/*");
      endpoints.keySetPath().ifPresent(path -> paths.addMapping(path.substring(mountPath)));
    }
  }

  /**
   * Who a request is from.
   *
   * @param request a request behind the filter
   * @return the caller; empty for an anonymous request
   */
  public static Optional<Authenticated> who(ServletRequest request) {
    Admission admission = Admission.of(request);
    return admission == null ? Optional.empty() : admission.who();
  }

  /**
   * The request as the guard saw it: for a servlet that begins a session, needs the client's
   * address, or requires HTTPS.
   *
   * @param request a request behind the filter
   * @return the same request, as it came from the client
   * @throws IllegalStateException if no filter has seen it
   */
  public static AuthRequest authRequest(ServletRequest request) {
    return Admission.required(request).request();
  }

  /**
   * Decides whether the caller may go on, without asking any store. If not, this writes the
   * response.
   *
   * <pre>{@code
   * if (!AuthFilter.require(request, response, Permission.role("admin"))) {
   *   return;
   * }
   * }</pre>
   *
   * @param request a request behind the filter
   * @param response its response, not committed
   * @param permission what the caller needs
   * @return whether the caller has it; if false, the response is complete
   * @throws IOException if the response can't be written
   * @throws IllegalStateException if no filter has seen the request, or its servlet is without a
   *     guard
   */
  public static boolean require(
      HttpServletRequest request, HttpServletResponse response, Permission permission)
      throws IOException {
    Decision decision = Admission.required(request).decide(permission);
    if (decision instanceof Decision.Refuse refuse) {
      Answer.send(request, response, refuse.response());
    }
    return decision instanceof Decision.Proceed;
  }

  /**
   * Writes a whole response, such as that of {@code SessionLogin}.
   *
   * @param request the request
   * @param response its response, not committed; header lines that it has already are sent as well
   * @param answer what to write
   * @throws IOException if it can't be written
   */
  public static void send(
      HttpServletRequest request, HttpServletResponse response, AuthResponse answer)
      throws IOException {
    Answer.send(request, response, answer);
  }

  /**
   * Compares the configuration with the context.
   *
   * @throws ServletException if they don't fit: the message says what to change
   */
  @Override
  public void init(FilterConfig config) throws ServletException {
    ServletContext context = config.getServletContext();
    String path = context.getContextPath();
    String mountPath = gate.mountPath();
    if (!path.equals(mountPath)) {
      throw new ServletException(
          "The context path is '%s' but the guard's environment has '%s': build it with"
                  .formatted(path, mountPath)
              + " AuthEnvironment.withMountPath(\"%s\")".formatted(path));
    }
    gate.permissions().checkNames(context);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest asked = (HttpServletRequest) request;
    HttpServletResponse answer = (HttpServletResponse) response;
    try {
      gate.pass(asked, answer, chain);
    } catch (ServletException
        | UnreadableFormException
        | StoreUnavailableException
        | BrokenBodyException e) {
      Throwable root = root(e);
      if (root instanceof BrokenBodyException broken) {
        throw (IOException) broken.getCause(); // the container's own, which it knows how to take
      }
      AuthResponse instead = answerTo(root);
      if (instead == null || !Answer.isOpen(asked, answer)) {
        throw e;
      }
      Answer.send(asked, answer, instead);
    }
  }

  private static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    while ((root instanceof ServletException || root instanceof UnreadableFormException)
        && root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static @Nullable AuthResponse answerTo(Throwable root) {
    if (root instanceof StoreUnavailableException) {
      return Guard.storeUnavailable();
    }
    return root instanceof RefusedRequestException refused ? refused.response() : null;
  }
}
