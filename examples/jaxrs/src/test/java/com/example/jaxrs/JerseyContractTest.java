package com.example.jaxrs;

import com.example.host.ExampleContract;
import dev.sallyport.guard.Permission;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.testkit.adapter.AdapterAbility;
import dev.sallyport.testkit.adapter.AdapterRoute;
import dev.sallyport.testkit.adapter.AdapterSite;
import dev.sallyport.testkit.adapter.RunningHost;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.DisplayName;

@DisplayName("AD-10 the adapter of JAX-RS")
class JerseyContractTest implements ExampleContract {
  @Override
  public Set<AdapterAbility> abilities() {
    return Set.of(
        AdapterAbility.TLS,
        AdapterAbility.MOUNT_PATH,
        AdapterAbility.PREFLIGHTS,
        AdapterAbility.ASYNCHRONOUS);
  }

  @Override
  public RunningHost start(AdapterSite site) throws IOException {
    Map<String, AdapterRoute> routes =
        site.routes().stream().collect(Collectors.toMap(AdapterRoute::path, Function.identity()));
    Permission broken = routes.get("/broken-permission").permission().orElseThrow();
    AuthFeature feature =
        AuthFeature.of(site.guard())
            .withEndpoints(AuthEndpoints.of(site.accounts(), site.guard()))
            .withPermission(KitResource.Authenticated.class, Permission.authenticated())
            .withPermission(KitResource.Broken.class, broken);
    AuthFeature whole =
        site.preflights()
            .map(
                preflights ->
                    feature.withPreflights(
                        context -> KitCall.answer(preflights, KitCall.of(context))))
            .orElse(feature);
    ResourceConfig resources =
        new ResourceConfig().register(new KitResource(routes)).register(whole);
    HttpServer plain =
        GrizzlyHttpServerFactory.createHttpServer(
            URI.create("http://127.0.0.1:0" + site.mountPath() + "/"), resources);
    HttpServer secure =
        GrizzlyHttpServerFactory.createHttpServer(
            URI.create("https://127.0.0.1:0" + site.mountPath() + "/"),
            new ResourceConfig().register(new KitResource(routes)).register(whole),
            true,
            new SSLEngineConfigurator(site.serverTls()).setClientMode(false));
    return RunningHost.at(
        plain.getListener("grizzly").getPort(),
        secure.getListener("grizzly").getPort(),
        () -> {
          plain.shutdownNow();
          secure.shutdownNow();
        });
  }
}
