package com.example.snippets;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Authenticated;
import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.servlet.AuthFilter;
import dev.sallyport.session.SessionAuthenticator;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** docs/servlet.md. */
public final class ServletSnippets {
  private ServletSnippets() {}

  /** An application that starts. */
  public static final class App implements ServletContainerInitializer {
    /** Creates it. */
    public App() {}

    @Override
    public void onStartup(Set<Class<?>> classes, ServletContext context) {
      Sallyport auth = Sallyport.inMemory();
      Guard guard = auth.guard(SessionAuthenticator.of(auth), BasicAuthenticator.of(auth));
      AuthFilter.of(guard).withEndpoints(AuthEndpoints.of(auth.accounts(), guard)).addTo(context);
    }
  }

  /** Who it is. */
  public static String who(HttpServletRequest request) {
    String name = request.getRemoteUser();
    boolean admin = request.isUserInRole("admin");
    Optional<Authenticated> who = AuthFilter.who(request);
    return name + admin + who;
  }

  /** Permissions by servlet. */
  public static AuthFilter permissions(Guard guard) {
    AuthFilter filter =
        AuthFilter.of(guard)
            .withPermissions(
                Map.of(
                    "/admin/*", Permission.role("admin"),
                    "home", Permission.anyone()))
            .withoutGuard("/assets/*");
    return filter;
  }

  /** A permission inside a servlet. */
  public static void require(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!AuthFilter.require(request, response, Permission.scope("reports:write"))) {
      return; // the refusal is written
    }
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }

  /** Another origin's preflights. */
  public static AuthFilter preflights(Guard guard, Filter corsFilter) {
    AuthFilter filter = AuthFilter.of(guard).withPreflights(corsFilter);
    return filter;
  }

  /** Below a context path. */
  public static AuthEnvironment mounted() {
    AuthEnvironment environment = AuthEnvironment.standard().withMountPath("/app");
    return environment;
  }
}
