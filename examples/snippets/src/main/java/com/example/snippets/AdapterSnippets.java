package com.example.snippets;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.guard.Guard;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.testkit.adapter.AdapterAbility;
import dev.sallyport.testkit.adapter.AdapterContract;
import dev.sallyport.testkit.adapter.AdapterRoute;
import dev.sallyport.testkit.adapter.AdapterSite;
import dev.sallyport.testkit.adapter.RunningHost;
import java.io.IOException;
import java.util.Set;

/** docs/testing.md: a test of an adapter. */
public final class AdapterSnippets {
  private AdapterSnippets() {}

  /** Somebody's server with their adapter in front, as far as the page needs it. */
  record MyServer(MyAdapter adapter) {
    static MyServer behind(MyAdapter adapter) {
      return new MyServer(adapter);
    }

    void mount(AuthEndpoints endpoints) {}

    void mount(String path, AdapterRoute route) {}

    int start() throws IOException {
      return 0;
    }

    void stop() {}
  }

  /** Somebody's adapter. */
  record MyAdapter(Guard guard) {}

  /** Runs the contract. */
  static class MyAdapterTest implements AdapterContract {
    @Override
    public AuthConfiguration.Builder withKeys(
        AuthConfiguration.Builder auth, AuthEnvironment environment) {
      return auth.with(JwtKeys.class, JwtKeys.generate(environment, JwsAlgorithm.ES256));
    }

    @Override
    public Set<AdapterAbility> abilities() {
      return Set.of(AdapterAbility.MOUNT_PATH, AdapterAbility.CLEARTEXT_HTTP_2);
    }

    @Override
    public RunningHost start(AdapterSite site) throws IOException {
      MyServer server = MyServer.behind(new MyAdapter(site.guard()));
      server.mount(AuthEndpoints.of(site.accounts(), site.guard()));
      for (AdapterRoute route : site.routes()) {
        server.mount(site.mountPath() + route.path(), route);
      }
      return RunningHost.at(server.start(), server::stop);
    }
  }
}
