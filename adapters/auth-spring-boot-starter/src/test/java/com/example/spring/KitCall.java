package com.example.spring;

import dev.sallyport.Authenticated;
import dev.sallyport.servlet.AuthFilter;
import dev.sallyport.testkit.adapter.AdapterCall;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** A request as a handler of Spring MVC sees it, and its answer. */
final class KitCall implements AdapterCall {
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private ResponseEntity<byte[]> answer = ResponseEntity.noContent().build();

  KitCall(HttpServletRequest request, HttpServletResponse response) {
    this.request = request;
    this.response = response;
  }

  @Override
  public Optional<Authenticated> who() {
    return AuthFilter.who(request);
  }

  @Override
  public Optional<String> userName() {
    return Optional.ofNullable(request.getUserPrincipal()).map(Principal::getName);
  }

  @Override
  public boolean hasRole(String role) {
    return request.isUserInRole(role);
  }

  @Override
  public Optional<String> authType() {
    return Optional.ofNullable(request.getAuthType());
  }

  @Override
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(request.getParameter(name));
  }

  @Override
  public InputStream body() throws IOException {
    return request.getInputStream();
  }

  @Override
  public void addHeader(String name, String value) {
    response.addHeader(name, value);
  }

  @Override
  public void reply(int status, String text) {
    answer =
        ResponseEntity.status(HttpStatus.valueOf(status))
            .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
            .body(text.getBytes(StandardCharsets.UTF_8));
  }

  ResponseEntity<byte[]> answer() {
    return answer;
  }
}
