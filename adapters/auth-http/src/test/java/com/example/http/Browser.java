package com.example.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.testkit.Secrets;
import dev.sallyport.testkit.TestRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Keeps the cookies of a site, and sends them with each request: from a page of its own. */
final class Browser {
  static final String COOKIE = "__Host-session";

  private final AuthEndpoints endpoints;
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private final List<String[]> headers = new ArrayList<>();

  private Browser(AuthEndpoints endpoints) {
    this.endpoints = endpoints;
  }

  /** One whose requests come from the site's own pages, and say so. */
  static Browser at(AuthEndpoints endpoints) {
    return silentAt(endpoints).always("Sec-Fetch-Site", "same-origin");
  }

  /** One that doesn't say where its requests come from. */
  static Browser silentAt(AuthEndpoints endpoints) {
    return new Browser(endpoints);
  }

  /** One with the same cookies that doesn't say where its requests come from. */
  Browser silent() {
    Browser silent = silentAt(endpoints);
    silent.cookies.putAll(cookies);
    return silent;
  }

  Browser always(String name, String value) {
    headers.add(new String[] {name, value});
    return this;
  }

  /** The secret of the session, or an empty text. */
  String cookie() {
    return cookies.getOrDefault(COOKIE, "");
  }

  Browser plant(String value) {
    return plant(COOKIE, value);
  }

  Browser plant(String name, String value) {
    cookies.put(name, value);
    return this;
  }

  AuthResponse login(String username) {
    return login(username, Site.PASSWORD);
  }

  AuthResponse login(String username, String password) {
    return post(
        "/auth/login", "{\"username\":\"" + username + "\",\"password\":\"" + password + "\"}");
  }

  AuthResponse changePassword(String current, String next) {
    Secrets.remember(current);
    Secrets.remember(next);
    return post(
        "/auth/password",
        "{\"current_password\":\"" + current + "\",\"new_password\":\"" + next + "\"}");
  }

  AuthResponse me() {
    return get("/auth/me");
  }

  AuthResponse get(String target) {
    return send(TestRequest.get(target), "");
  }

  AuthResponse post(String target) {
    return send(TestRequest.post(target), "");
  }

  AuthResponse post(String target, String json) {
    return send(TestRequest.post(target).header("Content-Type", "application/json"), json);
  }

  AuthResponse delete(String target) {
    return send(TestRequest.of("DELETE", target), "");
  }

  AuthResponse send(TestRequest request, String body) {
    headers.forEach(header -> request.header(header[0], header[1]));
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    try {
      AuthRequest built = request.build();
      AuthResponse response =
          endpoints.handle(built, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
      Described.checked(endpoints, built, body, response);
      Answers.cookies(response).forEach(this::keep);
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void keep(String line) {
    String[] cookie = line.substring(0, line.indexOf(';')).split("=", 2);
    if (line.contains("; Max-Age=0")) {
      cookies.remove(cookie[0]);
    } else {
      Secrets.remember(cookie[1]);
      cookies.put(cookie[0], cookie[1]);
    }
  }
}
