package com.example.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.testkit.Secrets;
import dev.sallyport.testkit.TestRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

/** Sends each request that there is: as it should be, and wrong in every way. */
final class EveryRequest {
  private static final String JSON = "application/json";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String LOGIN =
      "{\"username\":\"%s\",\"password\":\"" + Site.PASSWORD + "\"}";

  private final IntrospectionSite site;
  private final AuthEndpoints endpoints;
  private String session = "";

  EveryRequest(IntrospectionSite site, AuthEndpoints endpoints) {
    this.site = site;
    this.endpoints = endpoints;
  }

  /**
   * One kind of request.
   *
   * @param body as it should be, for a given user
   * @param known whether it needs an account
   */
  private record Kind(String method, String path, String type, String body, boolean known) {
    String body(String username) {
      return body.replace("%s", username);
    }
  }

  private static Kind open(String path, String body) {
    return new Kind("POST", path, JSON, body, false);
  }

  private static Kind known(String method, String path, String body) {
    return new Kind(method, path, JSON, body, true);
  }

  private List<Kind> kinds() throws IOException {
    String cookie = Answers.cookies(send(open("/auth/login", LOGIN), "")).get(0);
    session = cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
    Secrets.remember(session);
    send(open("/auth/jwt", LOGIN.replace("%s", "server")), "");
    String login = first("/auth/sessions", "sessions");
    send(known("POST", "/auth/tokens", ""), "server");
    String token = first("/auth/tokens", "tokens");
    return List.of(
        open("/auth/register", "{\"username\":\"x%s\",\"password\":\"a good long password\"}"),
        open("/auth/login", LOGIN),
        open("/auth/jwt", LOGIN),
        open("/auth/jwt/refresh", "{\"refresh_token\":\"" + refreshToken() + "\"}"),
        open("/auth/jwt/refresh", "{\"refresh_token\":\"unknown\"}"),
        open("/auth/jwt/revoke", "{\"refresh_token\":\"" + refreshToken() + "\"}"),
        open("/auth/logout", ""),
        open("/auth/tokens", LOGIN),
        known("POST", "/auth/tokens", "{\"label\":\"x\",\"scopes\":[\"a\"],\"expires_in\":60}"),
        known("GET", "/auth/tokens", ""),
        known("DELETE", "/auth/tokens/" + token, ""),
        known("DELETE", "/auth/tokens/unknown", ""),
        known("GET", "/auth/me", ""),
        known("GET", "/auth/sessions", ""),
        known("DELETE", "/auth/sessions/" + login, ""),
        known("DELETE", "/auth/sessions/unknown", ""),
        known(
            "POST",
            "/auth/password",
            "{\"current_password\":\""
                + Site.PASSWORD
                + "\",\"new_password\":\""
                + Site.PASSWORD
                + "\"}"),
        known("POST", "/auth/logout-all", "{\"keep_current\":true}"),
        new Kind("POST", "/auth/introspect", FORM, "token=x", true),
        known("GET", "/auth/openapi.json", ""),
        known("GET", "/auth/sallyport.js", ""),
        known("GET", "/.well-known/jwks.json", ""));
  }

  private String refreshToken() {
    return site.login(null).refreshToken().reveal();
  }

  /** The id of the first in one of server's lists. */
  private String first(String path, String list) throws IOException {
    return Answers.json(send(known("GET", path, ""), "server"))
        .at("/" + list + "/0/id")
        .textValue();
  }

  void sendAll() throws IOException {
    List<Kind> kinds = kinds();
    for (Kind kind : kinds) {
      send(kind, request -> request, kind.body("alice"), "server");
      send(kind, EveryRequest::fromOwnPage, kind.body("alice"), "server");
      send(kind, request -> request.header("If-None-Match", "*"), kind.body("alice"), "server");
      send(kind, request -> request, kind.body("alice"), "");
      send(kind, request -> request, kind.body("nobody"), "nobody");
      send(kind, TestRequest::insecure, kind.body("alice"), "server");
      send(kind, request -> request.header("Sec-Fetch-Site", "cross-site"), "", "server");
      send(kind, request -> request.header("Host", "a").header("Host", "b"), "", "server");
      send(kind, request -> request, "{", "server");
      send(kind, request -> request, "x".repeat(16 * 1024 + 1), "server");
      send(new Kind(kind.method, kind.path, "text/plain", "x", kind.known), "server");
      site.site.userCalls.down = true;
      site.site.tokenCalls.down = true;
      send(kind, request -> request, kind.body("alice"), "server");
      site.site.userCalls.down = false;
      site.site.tokenCalls.down = false;
    }
    throttle();
    for (Kind kind : kinds) {
      send(kind, request -> request, kind.body("nobody"), "nobody");
    }
  }

  private static TestRequest fromOwnPage(TestRequest request) {
    return request.header("Sec-Fetch-Site", "same-origin");
  }

  private void throttle() throws IOException {
    for (int i = 0; i < 10; i++) {
      send(known("GET", "/auth/me", ""), "nobody");
    }
    for (int i = 0; i < 200; i++) {
      send(
          open(
              "/auth/register",
              "{\"username\":\"n" + i + "\",\"password\":\"a good long password\"}"),
          "");
    }
  }

  private AuthResponse send(Kind kind, String caller) throws IOException {
    return send(kind, request -> request, kind.body("alice"), caller);
  }

  private AuthResponse send(
      Kind kind, UnaryOperator<TestRequest> change, String body, String caller) throws IOException {
    TestRequest request = TestRequest.of(kind.method, kind.path);
    if (!body.isEmpty()) {
      request.header("Content-Type", kind.type);
    }
    if (kind.known && !caller.isEmpty()) {
      request.basic(caller, caller.equals("nobody") ? "wrong-password" : Site.PASSWORD);
    }
    if (kind.path.equals("/auth/logout")) {
      request.cookie(Browser.COOKIE, session);
    }
    AuthRequest built = change.apply(request).build();
    return Described.checked(
        endpoints,
        built,
        body,
        endpoints.handle(built, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))));
  }
}
