package com.example.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.HttpExchange;
import dev.sallyport.Authenticated;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.http.FormFields;
import dev.sallyport.http.HttpServerAdapter;
import dev.sallyport.testkit.adapter.AdapterCall;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The JDK's server has no idiom for users: the handler's argument says who it is. */
record JdkCall(HttpExchange exchange, @Nullable Authenticated caller) implements AdapterCall {
  @Override
  public Optional<Authenticated> who() {
    return Optional.ofNullable(caller);
  }

  @Override
  public Optional<String> userName() {
    return who().map(who -> who.principal().name());
  }

  @Override
  public boolean hasRole(String role) {
    return who().filter(who -> who.principal().roles().contains(role)).isPresent();
  }

  @Override
  public Optional<String> authType() {
    return who().map(Authenticated::scheme);
  }

  @Override
  public Optional<String> parameter(String name) throws IOException {
    String form = new String(body().readAllBytes(), ISO_8859_1);
    return FormFields.parse(form).getOrDefault(name, List.of()).stream().findFirst();
  }

  @Override
  public InputStream body() {
    return exchange.getRequestBody();
  }

  @Override
  public void addHeader(String name, String value) {
    exchange.getResponseHeaders().add(name, value);
  }

  @Override
  public void reply(int status, String text) throws IOException {
    HttpServerAdapter.send(exchange, new AuthResponse(status, List.of(), text));
  }
}
