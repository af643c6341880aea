package com.example.helidon;

import com.example.host.ExampleContract;
import dev.sallyport.Authenticated;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.testkit.adapter.AdapterAbility;
import dev.sallyport.testkit.adapter.AdapterCall;
import dev.sallyport.testkit.adapter.AdapterRoute;
import dev.sallyport.testkit.adapter.AdapterSite;
import dev.sallyport.testkit.adapter.RunningHost;
import io.helidon.common.parameters.Parameters;
import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;

@DisplayName("AD-10 the adapter of Helidon")
class HelidonContractTest implements ExampleContract {
  @Override
  public Set<AdapterAbility> abilities() {
    return Set.of(
        AdapterAbility.TLS,
        AdapterAbility.MOUNT_PATH,
        AdapterAbility.PREFLIGHTS,
        AdapterAbility.HELD_BACK_BODIES);
  }

  @Override
  public RunningHost start(AdapterSite site) {
    WebServer plain = server(site).build().start();
    WebServer secure =
        server(site).tls(Tls.builder().sslContext(site.serverTls()).build()).build().start();
    return RunningHost.at(
        plain.port(),
        secure.port(),
        () -> {
          plain.stop();
          secure.stop();
        });
  }

  private static WebServerConfig.Builder server(AdapterSite site) {
    return WebServer.builder()
        .host("127.0.0.1")
        .port(0)
        .shutdownHook(false)
        .routing(routing -> routing.addFeature(feature(site)));
  }

  private static AuthFeature feature(AdapterSite site) {
    AuthFeature feature =
        AuthFeature.of(site.guard(), rules -> route(site, rules))
            .withEndpoints(AuthEndpoints.of(site.accounts(), site.guard()));
    return site.preflights()
        .map(
            preflights ->
                feature.withPreflights(
                    (request, response) -> preflights.handle(call(request, response))))
        .orElse(feature);
  }

  private static void route(AdapterSite site, HttpRules rules) {
    for (AdapterRoute route : site.routes()) {
      Handler handler = (request, response) -> route.handler().handle(call(request, response));
      rules.route(
          Method.create(route.method()),
          site.mountPath() + route.path(),
          route.permission().map(needed -> AuthFeature.needs(needed, handler)).orElse(handler));
    }
  }

  private static Call call(ServerRequest request, ServerResponse response) {
    return new Call(request, response);
  }

  private record Call(ServerRequest request, ServerResponse response) implements AdapterCall {
    @Override
    public Optional<Authenticated> who() {
      return AuthFeature.who(request);
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
      return request.content().as(Parameters.class).first(name).asOptional();
    }

    @Override
    public InputStream body() {
      return request.content().inputStream();
    }

    @Override
    public void addHeader(String name, String value) {
      response.headers().add(HeaderNames.create(name), value);
    }

    @Override
    public void reply(int status, String text) {
      response.status(status).send(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
