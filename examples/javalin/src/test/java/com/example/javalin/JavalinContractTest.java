package com.example.javalin;

import com.example.host.ExampleContract;
import dev.sallyport.Authenticated;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.servlet.AuthFilter;
import dev.sallyport.testkit.adapter.AdapterAbility;
import dev.sallyport.testkit.adapter.AdapterCall;
import dev.sallyport.testkit.adapter.AdapterRoute;
import dev.sallyport.testkit.adapter.AdapterSite;
import dev.sallyport.testkit.adapter.RunningHost;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.security.RouteRole;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.DisplayName;

@DisplayName("AD-10 the adapter of Javalin")
class JavalinContractTest implements ExampleContract {
  @Override
  public Set<AdapterAbility> abilities() {
    return Set.of(
        AdapterAbility.TLS,
        AdapterAbility.CLEARTEXT_HTTP_2,
        AdapterAbility.MOUNT_PATH,
        AdapterAbility.HELD_BACK_BODIES,
        AdapterAbility.ASYNCHRONOUS);
  }

  @Override
  public RunningHost start(AdapterSite site) {
    QuietJetty.begin();
    Javalin app = Javalin.create(config -> configure(config, site)).start();
    ServerConnector[] connectors =
        Arrays.stream(app.jettyServer().server().getConnectors())
            .map(ServerConnector.class::cast)
            .toArray(ServerConnector[]::new);
    return RunningHost.at(
        connectors[0].getLocalPort(), connectors[1].getLocalPort(), () -> app.stop());
  }

  private static void configure(JavalinConfig config, AdapterSite site) {
    config.startup.showJavalinBanner = false;
    config.router.contextPath = site.mountPath().isEmpty() ? "/" : site.mountPath();
    config.jetty.addConnector(
        (server, http) ->
            on(server, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http)));
    config.jetty.addConnector((server, http) -> secure(server, http, site));
    RouteGuard.of(site.guard())
        .withEndpoints(AuthEndpoints.of(site.accounts(), site.guard()))
        .addTo(config);
    for (AdapterRoute route : site.routes()) {
      RouteRole[] roles = route.permission().map(Needs::of).stream().toArray(RouteRole[]::new);
      config.routes.addHttpHandler(
          HandlerType.findOrCreate(route.method()), route.path(), handler(route), roles);
    }
  }

  private static Handler handler(AdapterRoute route) {
    return route.arrival() == AdapterRoute.Arrival.ASYNCHRONOUS
        ? ctx -> ctx.future(() -> CompletableFuture.runAsync(() -> handle(route, ctx)))
        : ctx -> route.handler().handle(new Call(ctx));
  }

  private static void handle(AdapterRoute route, Context ctx) {
    try {
      route.handler().handle(new Call(ctx));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ServerConnector secure(Server server, HttpConfiguration http, AdapterSite site) {
    HttpConfiguration https = new HttpConfiguration(http);
    https.addCustomizer(new SecureRequestCustomizer());
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setSslContext(site.serverTls());
    return on(server, new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory(https));
  }

  private static ServerConnector on(Server server, ConnectionFactory... factories) {
    ServerConnector connector = new ServerConnector(server, factories);
    connector.setHost("127.0.0.1");
    connector.setPort(0);
    return connector;
  }

  private record Call(Context ctx) implements AdapterCall {
    @Override
    public Optional<Authenticated> who() {
      return AuthFilter.who(ctx.req());
    }

    @Override
    public Optional<String> userName() {
      return who().map(who -> who.principal().name());
    }

    @Override
    public boolean hasRole(String role) {
      return who().filter(who -> who.principal().hasRole(role)).isPresent();
    }

    @Override
    public Optional<String> authType() {
      return who().map(Authenticated::scheme);
    }

    @Override
    public Optional<String> parameter(String name) {
      return Optional.ofNullable(ctx.formParam(name));
    }

    @Override
    public InputStream body() {
      return ctx.bodyInputStream();
    }

    @Override
    public void addHeader(String name, String value) {
      ctx.res().addHeader(name, value);
    }

    @Override
    public void reply(int status, String text) {
      ctx.status(status).result(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
