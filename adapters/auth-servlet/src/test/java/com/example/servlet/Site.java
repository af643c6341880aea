package com.example.servlet;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.TransportSecurity;
import dev.sallyport.account.Accounts;
import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.guard.Guard;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.password.Password;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.servlet.AuthFilter;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import dev.sallyport.testkit.CheapHasher;
import dev.sallyport.testkit.Secrets;
import dev.sallyport.testkit.WatchedTokenStore;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** Users alice and admin, sessions and Basic, in memory; plain HTTP is good enough. */
final class Site {
  static final String PASSWORD = "wonderland-1865";
  static final String ALICE = basic("alice");
  static final String ADMIN = basic("admin");

  final WatchedTokenStore tokens = WatchedTokenStore.inMemory();
  final Guard guard;
  final AuthEndpoints endpoints;
  final AuthFilter filter;

  Site() {
    this("");
  }

  Site(String mountPath) {
    AuthEnvironment environment =
        AuthEnvironment.standard()
            .withTransport(TransportSecurity.OPTIONAL_ON_LOOPBACK_FOR_DEVELOPMENT)
            .withMountPath(mountPath);
    CheapHasher hasher = CheapHasher.create();
    AccountStore users = CredentialStore.inMemory();
    Sallyport auth =
        Sallyport.of(environment, users, tokens)
            .withPasswords(passwords -> passwords.hasher(hasher));
    for (String name : new String[] {"alice", "admin"}) {
      users.insert(
          User.builder("id-of-" + name, name)
              .roles(Set.of(name.equals("admin") ? "admin" : "reader"))
              .passwordHash(hasher.hash(Password.of(PASSWORD), new SecureRandom()))
              .build());
    }
    Accounts accounts = auth.accounts();
    guard = auth.guard(SessionAuthenticator.of(auth), BasicAuthenticator.of(auth));
    endpoints = AuthEndpoints.of(accounts, guard);
    filter = AuthFilter.of(guard).withEndpoints(endpoints);
  }

  private static String basic(String name) {
    Secrets.remember(PASSWORD);
    byte[] pair = (name + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8);
    return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** Logs alice in; her cookie as a header line. */
  static String session(Wire wire) throws IOException {
    String body = "{\"username\":\"alice\",\"password\":\"" + PASSWORD + "\"}";
    Wire.Answer login = wire.send("POST", "/auth/login", body, "Content-Type: application/json");
    String cookie = login.values("Set-Cookie").get(0);
    return "Cookie: " + cookie.substring(0, cookie.indexOf(';'));
  }

  /** What a test asks a running host. */
  @FunctionalInterface
  interface Conversation {
    void with(Wire wire) throws Exception;
  }

  /** Runs this site's filter, in front of what an initializer registers. */
  void run(Container container, Container.Initializer initializer, Conversation conversation)
      throws Exception {
    run(container, filter, initializer, conversation);
  }

  static void run(
      Container container,
      AuthFilter filter,
      Container.Initializer initializer,
      Conversation conversation)
      throws Exception {
    Container.Initializer all =
        context -> {
          initializer.onStartup(context);
          filter.addTo(context);
        };
    try (Container.Running running = container.start(Container.Setup.of(all))) {
      conversation.with(Wire.to(running));
    }
  }

  /** A servlet in short. */
  @FunctionalInterface
  interface Answer {
    void give(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException;
  }

  static void serve(ServletContext context, String path, Answer answer) {
    HttpServlet servlet =
        new HttpServlet() {
          private static final long serialVersionUID = 1L;

          @Override
          protected void service(HttpServletRequest request, HttpServletResponse response)
              throws IOException, ServletException {
            answer.give(request, response);
          }
        };
    var added = context.addServlet("servlet of " + path, servlet);
    added.addMapping(path);
    added.setAsyncSupported(true);
    added.setMultipartConfig(new MultipartConfigElement(""));
  }

  static void say(HttpServletResponse response, Object text) throws IOException {
    response.setContentType("text/plain;charset=UTF-8");
    response.getWriter().print(text);
  }

  /** Says who it is, by the servlet API and by the library's own. */
  static void whoAmI(HttpServletRequest request, HttpServletResponse response) throws IOException {
    say(response, whoIs(request));
  }

  static String whoIs(HttpServletRequest request) {
    java.security.Principal principal = request.getUserPrincipal();
    return request.getRemoteUser()
        + " "
        + (principal == null ? null : principal.getName())
        + " "
        + request.getAuthType()
        + " "
        + request.isUserInRole("reader")
        + " "
        + AuthFilter.who(request).map(who -> who.principal().id()).orElse("-");
  }

  static final String ALICE_BY_BASIC = "alice alice BASIC true id-of-alice";
  static final String ALICE_BY_SESSION = "alice alice session true id-of-alice";
  static final String NOBODY = "null null null false -";
}
