package com.example.micronaut;

import com.example.host.ExampleContract;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.testkit.adapter.AdapterAbility;
import dev.sallyport.testkit.adapter.AdapterSite;
import dev.sallyport.testkit.adapter.RunningHost;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;

@DisplayName("AD-10 the adapter of Micronaut")
@ExtendWith(BufferLeaks.class)
class MicronautContractTest implements ExampleContract {
  @Override
  public Set<AdapterAbility> abilities() {
    return Set.of(AdapterAbility.MOUNT_PATH);
  }

  @Override
  public RunningHost start(AdapterSite site) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("micronaut.server.host", "127.0.0.1");
    settings.put("micronaut.server.port", -1);
    // The guard judges origins itself, with a problem as its body.
    settings.put("micronaut.server.cors.localhost-pass-through", true);
    settings.put("micronaut.server.netty.max-header-size", 32 * 1024);
    if (!site.mountPath().isEmpty()) {
      settings.put("micronaut.server.context-path", site.mountPath());
    }
    ApplicationContext context = ApplicationContext.builder(settings).build();
    context.registerSingleton(Guard.class, site.guard());
    context.registerSingleton(AuthEndpoints.class, AuthEndpoints.of(site.accounts(), site.guard()));
    context.registerSingleton(
        RoutePermissions.class,
        RoutePermissions.of(Map.of(KitController.Broken.class, broken(site))));
    context.registerSingleton(AdapterSite.class, site);
    context.start();
    EmbeddedServer server = context.getBean(EmbeddedServer.class).start();
    return RunningHost.at(server.getPort(), context::close);
  }

  private static Permission broken(AdapterSite site) {
    return site.routes().stream()
        .filter(route -> route.path().equals("/broken-permission"))
        .flatMap(route -> route.permission().stream())
        .findFirst()
        .orElseThrow();
  }
}
