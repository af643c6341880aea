package com.example.servlet;

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

/** A request in the servlet API's idiom. */
record ServletCall(HttpServletRequest request, HttpServletResponse response)
    implements AdapterCall {
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
  public void reply(int status, String text) throws IOException {
    response.setStatus(status);
    response.setContentType("text/plain;charset=UTF-8");
    response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }
}
