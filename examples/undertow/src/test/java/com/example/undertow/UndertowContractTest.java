package com.example.undertow;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Authenticated;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.testkit.adapter.AdapterAbility;
import dev.sallyport.testkit.adapter.AdapterCall;
import dev.sallyport.testkit.adapter.AdapterContract;
import dev.sallyport.testkit.adapter.AdapterRoute;
import dev.sallyport.testkit.adapter.AdapterSite;
import dev.sallyport.testkit.adapter.RunningHost;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.security.api.SecurityContext;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.PathHandler;
import io.undertow.server.handlers.form.FormData;
import io.undertow.server.handlers.form.FormDataParser;
import io.undertow.server.handlers.form.FormParserFactory;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

@DisplayName("AD-10 the adapter for Undertow, on HTTP/1.1 and HTTP/2, with and without TLS")
@ExtendWith(UndertowContractTest.HostIsReplaced.class)
class UndertowContractTest implements AdapterContract {
  private static final FormParserFactory FORMS =
      FormParserFactory.builder().withDefaultCharset("UTF-8").build();

  @Override
  public AuthConfiguration.Builder withKeys(
      AuthConfiguration.Builder auth, AuthEnvironment environment) {
    return auth.with(JwtKeys.class, JwtKeys.generate(environment, JwsAlgorithm.ES256));
  }

  @Override
  public Set<AdapterAbility> abilities() {
    return Set.of(
        AdapterAbility.TLS,
        AdapterAbility.HTTP_2_OVER_TLS,
        AdapterAbility.CLEARTEXT_HTTP_2,
        AdapterAbility.MOUNT_PATH,
        AdapterAbility.PREFLIGHTS,
        AdapterAbility.HELD_BACK_BODIES);
  }

  @Override
  public RunningHost start(AdapterSite site) {
    UndertowAdapter adapter = adapter(site);
    PathHandler routes = new PathHandler(exchange -> exchange.setStatusCode(404));
    for (AdapterRoute route : site.routes()) {
      routes.addExactPath(site.mountPath() + route.path(), handler(site, adapter, route));
    }
    AuthEndpoints endpoints = AuthEndpoints.of(site.accounts(), site.guard());
    Undertow server =
        Undertow.builder()
            .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
            .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, 10_000_000L)
            .addHttpListener(0, "127.0.0.1")
            .addHttpsListener(0, "localhost", site.serverTls())
            .setHandler(adapter.endpoints(endpoints, routes))
            .build();
    server.start();
    return RunningHost.at(port(server, 0), port(server, 1), server::stop);
  }

  /** Leaves out the one test of what no handler of Undertow can see. */
  static final class HostIsReplaced implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return context.getTestMethod().filter(m -> m.getName().equals("authorities")).isPresent()
          ? ConditionEvaluationResult.disabled(
              "Undertow replaces Host by :authority, so that no handler sees that they differ")
          : ConditionEvaluationResult.enabled("Undertow shows all that is needed");
    }
  }

  private static int port(Undertow server, int listener) {
    return ((InetSocketAddress) server.getListenerInfo().get(listener).getAddress()).getPort();
  }

  private static UndertowAdapter adapter(AdapterSite site) {
    UndertowAdapter adapter = UndertowAdapter.of(site.guard());
    return site.preflights()
        .map(
            cors ->
                adapter.withPreflights(
                    exchange -> cors.handle(new Call(exchange, Optional.empty()))))
        .orElse(adapter);
  }

  private static HttpHandler handler(
      AdapterSite site, UndertowAdapter adapter, AdapterRoute route) {
    UndertowAdapter.GuardedHandler guarded =
        (exchange, who) -> {
          if (exchange.getRequestMethod().toString().equals(route.method())) {
            route.handler().handle(new Call(exchange, who));
          } else {
            exchange.setStatusCode(405);
          }
        };
    return adapter.protect(route.permission().orElseGet(site.guard()::defaultPermission), guarded);
  }

  private record Call(HttpServerExchange exchange, Optional<Authenticated> who)
      implements AdapterCall {
    private Optional<SecurityContext> context() {
      return Optional.ofNullable(exchange.getSecurityContext());
    }

    @Override
    public Optional<String> userName() {
      return context().map(found -> found.getAuthenticatedAccount().getPrincipal().getName());
    }

    @Override
    public boolean hasRole(String role) {
      return context()
          .filter(found -> found.getAuthenticatedAccount().getRoles().contains(role))
          .isPresent();
    }

    @Override
    public Optional<String> authType() {
      return context().map(SecurityContext::getMechanismName);
    }

    @Override
    public Optional<String> parameter(String name) throws IOException {
      try (FormDataParser parser = FORMS.createParser(exchange)) {
        return parser == null
            ? Optional.empty()
            : Optional.ofNullable(parser.parseBlocking().getFirst(name))
                .map(FormData.FormValue::getValue);
      }
    }

    @Override
    public InputStream body() {
      return exchange.getInputStream();
    }

    @Override
    public void addHeader(String name, String value) {
      exchange.getResponseHeaders().add(new HttpString(name), value);
    }

    @Override
    public void reply(int status, String text) {
      exchange.setStatusCode(status);
      exchange.getResponseSender().send(text);
    }
  }
}
