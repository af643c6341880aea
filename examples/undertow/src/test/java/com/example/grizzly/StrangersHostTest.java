package com.example.grizzly;

import com.example.grizzly.GrizzlyAdapter.Handler;
import com.example.host.ExampleContract;
import dev.sallyport.Authenticated;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.testkit.adapter.AdapterAbility;
import dev.sallyport.testkit.adapter.AdapterCall;
import dev.sallyport.testkit.adapter.AdapterRoute;
import dev.sallyport.testkit.adapter.AdapterSite;
import dev.sallyport.testkit.adapter.RunningHost;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;
import org.junit.jupiter.api.DisplayName;

@DisplayName(
    "AD-10 an adapter for a server that is named nowhere else, written from docs/adapter.md")
class StrangersHostTest implements ExampleContract {
  @Override
  public Set<AdapterAbility> abilities() {
    return Set.of(
        AdapterAbility.TLS,
        AdapterAbility.MOUNT_PATH,
        AdapterAbility.PREFLIGHTS,
        AdapterAbility.HELD_BACK_BODIES);
  }

  @Override
  public RunningHost start(AdapterSite site) throws IOException {
    GrizzlyAdapter plain = GrizzlyAdapter.of(site.guard());
    GrizzlyAdapter adapter =
        site.preflights()
            .map(
                cors ->
                    plain.withPreflights(
                        (request, response) ->
                            cors.handle(new Call(request, response, Optional.empty()))))
            .orElse(plain);
    Map<String, Handler> routes = new HashMap<>();
    for (AdapterRoute route : site.routes()) {
      routes.put(site.mountPath() + route.path(), handler(site, adapter, route));
    }
    Handler all =
        adapter.endpoints(
            AuthEndpoints.of(site.accounts(), site.guard()),
            (request, response) ->
                routes
                    .getOrDefault(request.getRequestURI(), (q, r) -> r.setStatus(404))
                    .handle(request, response));
    HttpServer server = new HttpServer();
    NetworkListener http = new NetworkListener("http", "127.0.0.1", 0);
    NetworkListener https = new NetworkListener("https", "localhost", 0);
    https.setSecure(true);
    https.setSSLEngineConfig(new SSLEngineConfigurator(site.serverTls(), false, false, false));
    server.addListener(http);
    server.addListener(https);
    server.getServerConfiguration().addHttpHandler(GrizzlyAdapter.root(all), "/");
    server.start();
    return RunningHost.at(http.getPort(), https.getPort(), server::shutdownNow);
  }

  private static Handler handler(AdapterSite site, GrizzlyAdapter adapter, AdapterRoute route) {
    return adapter.protect(
        route.permission().orElseGet(site.guard()::defaultPermission),
        (request, response, who) -> {
          if (request.getMethod().getMethodString().equals(route.method())) {
            route.handler().handle(new Call(request, response, who));
          } else {
            response.setStatus(405);
          }
        });
  }

  private record Call(Request request, Response response, Optional<Authenticated> who)
      implements AdapterCall {
    @Override
    public Optional<String> userName() {
      return who.map(found -> found.principal().name());
    }

    @Override
    public boolean hasRole(String role) {
      return who.filter(found -> found.principal().roles().contains(role)).isPresent();
    }

    @Override
    public Optional<String> authType() {
      return who.map(Authenticated::scheme);
    }

    @Override
    public Optional<String> parameter(String name) throws IOException {
      request.setCharacterEncoding("UTF-8");
      return Optional.ofNullable(request.getParameter(name));
    }

    @Override
    public InputStream body() {
      return request.getInputStream();
    }

    @Override
    public void addHeader(String name, String value) {
      response.addHeader(name, value);
    }

    @Override
    public void reply(int status, String text) throws IOException {
      response.setStatus(status);
      response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
