package dev.sallyport.benchmarks.hosts.webflux;

import dev.sallyport.benchmarks.hosts.Launch;
import dev.sallyport.benchmarks.hosts.Stats;
import dev.sallyport.benchmarks.hosts.own.OwnPeople;
import dev.sallyport.lane.Lanes;
import dev.sallyport.webflux.AuthWebFilter;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;

/** One page at {@code /json}. With the word {@code bare} nothing is before it. */
public final class WebFluxHost {
  private WebFluxHost() {}

  /** Runs. */
  public static void main(String[] args) throws Exception {
    Launch launch = Launch.of(args);
    OwnPeople people = new OwnPeople(launch);
    AnnotationConfigApplicationContext beans = new AnnotationConfigApplicationContext();
    beans.register(Flux.class, Page.class);
    if (!launch.options().contains("bare")) {
      beans.registerBean(
          WebFilter.class, () -> AuthWebFilter.of(people.guard(), Lanes.of(people.auth())));
    }
    beans.refresh();
    KeyManagerFactory keys = keys(launch);
    HttpServer.create()
        .host(Launch.ADDRESS)
        .port(launch.port())
        .protocol(HttpProtocol.H2, HttpProtocol.HTTP11)
        .secure(tls -> tls.sslContext((GenericSslContextSpec<?>) Http2SslContextSpec.forServer(keys)))
        .handle(
            new ReactorHttpHandlerAdapter(
                WebHttpHandlerBuilder.applicationContext(beans).build()))
        .bindNow();
    Stats.serve(Launch.ADDRESS, launch.port() + 1);
    System.out.println(people.logIn());
    Thread.currentThread().join();
  }

  private static KeyManagerFactory keys(Launch launch) throws Exception {
    char[] password = Launch.KEY_STORE_PASSWORD.toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(launch.keyStore())) {
      store.load(in, password);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password);
    return keys;
  }

  /** Spring WebFlux with its defaults. */
  @Configuration(proxyBeanMethods = false)
  @EnableWebFlux
  static class Flux {}

  /** The page. */
  @RestController
  static final class Page {
    @GetMapping(path = "/json", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<String> json() {
      return Mono.just("{}");
    }
  }
}
