package com.example.jaxrs;

import dev.sallyport.Authenticated;
import dev.sallyport.testkit.adapter.AdapterCall;
import dev.sallyport.testkit.adapter.AdapterHandler;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Optional;

/** A request as a resource of JAX-RS sees it. */
final class KitCall implements AdapterCall {
  private final SecurityContext caller;
  private final InputStream body;
  private final MultivaluedMap<String, String> form;
  private final Response.ResponseBuilder answer = Response.ok();

  private KitCall(SecurityContext caller, InputStream body, MultivaluedMap<String, String> form) {
    this.caller = caller;
    this.body = body;
    this.form = form;
  }

  static KitCall of(SecurityContext caller) {
    return new KitCall(caller, InputStream.nullInputStream(), new MultivaluedHashMap<>());
  }

  static KitCall of(ContainerRequestContext context) {
    return of(context.getSecurityContext());
  }

  KitCall withBody(InputStream body) {
    return new KitCall(caller, body, form);
  }

  KitCall withForm(MultivaluedMap<String, String> form) {
    return new KitCall(caller, body, form);
  }

  static Response answer(AdapterHandler handler, KitCall call) {
    try {
      handler.handle(call);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return call.answer.build();
  }

  @Override
  public Optional<Authenticated> who() {
    return Optional.ofNullable((CallerPrincipal) caller.getUserPrincipal())
        .map(CallerPrincipal::who);
  }

  @Override
  public Optional<String> userName() {
    return Optional.ofNullable(caller.getUserPrincipal()).map(Principal::getName);
  }

  @Override
  public boolean hasRole(String role) {
    return caller.isUserInRole(role);
  }

  @Override
  public Optional<String> authType() {
    return Optional.ofNullable(caller.getAuthenticationScheme());
  }

  @Override
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(form.getFirst(name));
  }

  @Override
  public InputStream body() {
    return body;
  }

  @Override
  public void addHeader(String name, String value) {
    answer.header(name, value);
  }

  @Override
  public void reply(int status, String text) {
    answer.status(status).entity(text.getBytes(StandardCharsets.UTF_8));
  }
}
