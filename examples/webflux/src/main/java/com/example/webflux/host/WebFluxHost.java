package com.example.webflux.host;

import dev.sallyport.guard.Permission;
import dev.sallyport.lane.Lanes;
import dev.sallyport.site.BadSettingException;
import dev.sallyport.site.Host;
import dev.sallyport.site.Site;
import dev.sallyport.webflux.AuthWebFilter;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.netty.ChannelBindException;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/** The site on WebFlux and Reactor Netty, which speak HTTP/1.1 and HTTP/2 on one port. */
public final class WebFluxHost implements Host {
  private final Site site;
  private final Lanes lanes;
  private final LoopResources loops =
      LoopResources.create("webflux", LoopResources.DEFAULT_IO_WORKER_COUNT, false);
  private final DisposableServer server;

  private WebFluxHost(Site site) throws IOException {
    this.site = site;
    lanes = Lanes.of(site.auth());
    try {
      server =
          HttpServer.create()
              .runOn(loops)
              .host(ADDRESS)
              .port(site.port())
              .protocol(HttpProtocol.HTTP11, HttpProtocol.H2C)
              .handle(new ReactorHttpHandlerAdapter(handler()))
              .bindNow();
    } catch (ChannelBindException e) {
      stop();
      throw new IOException(e.getMessage(), e);
    } catch (RuntimeException e) {
      stop();
      throw e;
    }
  }

  private HttpHandler handler() {
    SiteRoutes routes = new SiteRoutes(site);
    return WebHttpHandlerBuilder.webHandler(RouterFunctions.toWebHandler(routes.guarded()))
        .filter(
            routes,
            AuthWebFilter.of(site.guard(), lanes)
                .needing(Permission.anyone())
                .withEndpoints(site.endpoints()))
        .build();
  }

  /**
   * Starts the host, which runs until the process is stopped.
   *
   * @param args none
   */
  public static void main(String[] args) {
    Host.run(WebFluxHost::start);
  }

  /**
   * Starts a host.
   *
   * @param env the settings
   * @param out where it reports that it is ready
   * @return the running host
   * @throws BadSettingException if a setting is wrong
   */
  public static WebFluxHost start(Map<String, String> env, PrintStream out)
      throws BadSettingException {
    return Host.start(env, out, WebFluxHost::new);
  }

  @Override
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    try {
      server.disposeNow();
      stop();
    } finally {
      site.close();
    }
  }

  private void stop() {
    lanes.close();
    loops.disposeLater(Duration.ZERO, Duration.ofSeconds(1)).block();
  }
}
