package com.example.javalin;

import dev.sallyport.AuthRequest;
import dev.sallyport.IpAddress;
import dev.sallyport.servlet.AuthFilter;
import dev.sallyport.site.BadSettingException;
import dev.sallyport.site.Host;
import dev.sallyport.site.Route;
import dev.sallyport.site.Site;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.router.EndpointNotFound;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.util.Map;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The site on Javalin, over HTTP/1.1 and cleartext HTTP/2. */
public final class JavalinHost implements Host {
  private final Site site;
  private final Javalin app;

  private JavalinHost(Site site) throws IOException {
    this.site = site;
    this.app = Javalin.create(config -> configure(config, site));
    try {
      app.start();
    } catch (JavalinBindException e) {
      throw (IOException) new BindException(e.getMessage()).initCause(e);
    }
  }

  /**
   * Starts the host, which runs until the process is stopped.
   *
   * @param args none
   */
  public static void main(String[] args) {
    Host.run(JavalinHost::start);
  }

  /**
   * Starts a host.
   *
   * @param env the settings
   * @param out where it reports that it is ready
   * @return the running host
   * @throws BadSettingException if a setting is wrong
   */
  public static JavalinHost start(Map<String, String> env, PrintStream out)
      throws BadSettingException {
    return Host.start(env, out, JavalinHost::new);
  }

  private static void configure(JavalinConfig config, Site site) {
    config.startup.showJavalinBanner = false;
    config.router.ignoreTrailingSlashes = false;
    config.jetty.addConnector((server, http) -> connector(server, http, site.port()));
    RouteGuard.of(site.guard()).withEndpoints(site.endpoints()).addTo(config);
    for (Route route : site.routes()) {
      Needs role = route.permission().map(Needs::of).orElseGet(Needs::noGuard);
      HandlerType method = HandlerType.findOrCreate(route.method());
      config.routes.addHttpHandler(method, route.path(), ctx -> answer(ctx, route), role);
      if (route.accepts("HEAD")) {
        config.routes.head(route.path(), ctx -> answer(ctx, route), role);
      }
    }
    config.routes.exception(
        EndpointNotFound.class,
        (thrown, ctx) -> RouteGuard.send(ctx, site.routes().fallback(line(ctx))));
  }

  private static Connector connector(Server server, HttpConfiguration http, int port) {
    ServerConnector connector =
        new ServerConnector(
            server, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
    connector.setHost(ADDRESS);
    connector.setPort(port);
    return connector;
  }

  private static void answer(Context ctx, Route route) throws IOException {
    AuthRequest request =
        route.permission().isPresent() ? AuthFilter.authRequest(ctx.req()) : line(ctx);
    RouteGuard.send(ctx, route.answer(request, AuthFilter.who(ctx.req()), ctx.bodyInputStream()));
  }

  /** Method and path alone, where no guard has looked. */
  private static AuthRequest line(Context ctx) {
    return AuthRequest.builder(
            ctx.req().getMethod(), ctx.req().getRequestURI(), null, IpAddress.UNSPECIFIED, false)
        .build();
  }

  @Override
  public int port() {
    return app.port();
  }

  @Override
  public void close() {
    try {
      app.stop();
    } finally {
      site.close();
    }
  }
}
