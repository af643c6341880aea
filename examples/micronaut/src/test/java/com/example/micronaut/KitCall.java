package com.example.micronaut;

import dev.sallyport.Authenticated;
import dev.sallyport.testkit.adapter.AdapterCall;
import dev.sallyport.testkit.adapter.AdapterHandler;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;

/** A request as a controller of Micronaut's sees it. */
final class KitCall implements AdapterCall {
  private final HttpRequest<?> request;
  private final InputStream body;
  private final Map<String, String> form;
  private final MutableHttpResponse<Object> answer = HttpResponse.ok();

  private KitCall(HttpRequest<?> request, InputStream body, Map<String, String> form) {
    this.request = request;
    this.body = body;
    this.form = form;
  }

  static KitCall of(HttpRequest<?> request) {
    return new KitCall(request, InputStream.nullInputStream(), Map.of());
  }

  KitCall withBody(InputStream body) {
    return new KitCall(request, body, form);
  }

  KitCall withForm(Map<String, String> form) {
    return new KitCall(request, body, form);
  }

  static HttpResponse<?> answer(AdapterHandler handler, KitCall call) {
    try {
      handler.handle(call);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return call.answer;
  }

  @Override
  public Optional<Authenticated> who() {
    return request.getUserPrincipal(Caller.class).map(Caller::who);
  }

  @Override
  public Optional<String> userName() {
    return request.getUserPrincipal().map(Principal::getName);
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
    return Optional.ofNullable(form.get(name));
  }

  @Override
  public InputStream body() {
    return body;
  }

  @Override
  public void addHeader(String name, String value) {
    answer.getHeaders().add(name, value);
  }

  @Override
  public void reply(int status, String text) {
    answer.status(status).body(text.getBytes(StandardCharsets.UTF_8));
  }
}
