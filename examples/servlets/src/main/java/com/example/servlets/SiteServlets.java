package com.example.servlets;

import dev.sallyport.guard.Permission;
import dev.sallyport.guard.Verdict;
import dev.sallyport.servlet.AuthFilter;
import dev.sallyport.site.Route;
import dev.sallyport.site.Site;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Registers a servlet for each path of a site, pages with a login form below {@code /pages}, and
 * the filter in front of them.
 */
public final class SiteServlets implements ServletContainerInitializer {
  private final Site site;

  /**
   * The servlets of a site.
   *
   * @param site the site
   */
  public SiteServlets(Site site) {
    this.site = site;
  }

  @Override
  public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
    Map<String, List<Route>> paths = new TreeMap<>();
    paths.put("/", List.of()); // whatever has no servlet of its own
    for (Route route : site.routes()) {
      paths.computeIfAbsent(route.path(), path -> new ArrayList<>()).add(route);
    }
    Map<String, Permission> permissions = new HashMap<>();
    List<String> open = new ArrayList<>();
    paths.forEach(
        (path, routes) -> {
          context.addServlet(path, new RouteServlet(site, routes)).addMapping(path);
          if (routes.stream().anyMatch(route -> route.permission().isPresent())) {
            permissions.put(path, permission(routes));
          } else {
            open.add(path);
          }
        });
    Pages.of(site)
        .servlets()
        .forEach(
            (path, servlet) -> {
              context.addServlet(path, servlet).addMapping(path);
              Pages.permission(path)
                  .ifPresentOrElse(needed -> permissions.put(path, needed), () -> open.add(path));
            });
    AuthFilter.of(site.guard())
        .withEndpoints(site.endpoints())
        .withPermissions(permissions)
        .withoutGuard(open.toArray(String[]::new))
        .addTo(context);
  }

  /** A method that nobody answers needs none: it is 405 for everybody. */
  private static Permission permission(List<Route> routes) {
    return access ->
        RouteServlet.find(routes, access.request().method())
            .flatMap(Route::permission)
            .map(needed -> needed.check(access))
            .orElse(Verdict.ALLOWED);
  }
}
