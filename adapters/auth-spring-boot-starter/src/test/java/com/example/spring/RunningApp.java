package com.example.spring;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** An application on a free port, over plain HTTP on loopback. */
record RunningApp(ConfigurableApplicationContext context, HttpClient client)
    implements AutoCloseable {
  static final String ALICE = "alice";
  static final String PASSWORD = "correct horse battery";
  static final String NO_DATA_SOURCE =
      "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration";
  static final String NO_JETTY =
      "org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration,"
          + "org.springframework.boot.jetty.autoconfigure.actuate.web.server"
          + ".JettyServletManagementContextAutoConfiguration";
  static final String NO_TOMCAT =
      "org.springframework.boot.tomcat.autoconfigure.servlet"
          + ".TomcatServletWebServerAutoConfiguration";

  private static final String ONLY_NETTY =
      String.join(
          ",",
          "org.springframework.boot.jetty.autoconfigure.reactive"
              + ".JettyReactiveWebServerAutoConfiguration",
          "org.springframework.boot.jetty.autoconfigure.actuate.web.server"
              + ".JettyReactiveManagementContextAutoConfiguration",
          "org.springframework.boot.tomcat.autoconfigure.reactive"
              + ".TomcatReactiveWebServerAutoConfiguration",
          "org.springframework.boot.tomcat.autoconfigure.actuate.web.server"
              + ".TomcatReactiveManagementContextAutoConfiguration");

  /** With alice and bob, an admin, out of the settings. */
  static RunningApp withUsers(Class<?> part, String... settings) {
    return of(part, withUsers(settings));
  }

  private static String[] withUsers(String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "sallyport.users.alice.password=" + PASSWORD,
                "sallyport.users.bob.password=" + PASSWORD,
                "sallyport.users.bob.roles=admin"));
    all.addAll(List.of(settings));
    return all.toArray(String[]::new);
  }

  /** On Tomcat, and without a database unless the settings say otherwise. */
  static RunningApp of(Class<?> part, String... settings) {
    return of(WebApplicationType.SERVLET, NO_JETTY, part, settings);
  }

  /** On WebFlux and Netty, with the same users. */
  static RunningApp onWebFlux(Class<?> part, String... settings) {
    return onWebFluxAlone(part, withUsers(settings));
  }

  /** On WebFlux and Netty, without users. */
  static RunningApp onWebFluxAlone(Class<?> part, String... settings) {
    return of(WebApplicationType.REACTIVE, ONLY_NETTY, part, settings);
  }

  private static RunningApp of(
      WebApplicationType type, String excluded, Class<?> part, String... settings) {
    Quiet.hosts();
    List<String> arguments = new ArrayList<>();
    arguments.add("--server.port=0");
    arguments.add("--spring.main.banner-mode=off");
    arguments.add("--spring.autoconfigure.exclude=" + excluded + "," + NO_DATA_SOURCE);
    for (String setting : settings) {
      arguments.add("--" + setting);
    }
    SpringApplication application = new SpringApplication(Boot.class, part);
    application.setWebApplicationType(type);
    application.setRegisterShutdownHook(false);
    application.setDefaultProperties(
        Map.of("auth.transport", "optional-on-loopback-for-development"));
    return new RunningApp(
        application.run(arguments.toArray(String[]::new)), HttpClient.newHttpClient());
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Boot {}

  /** No bean of its own. */
  static class Nothing {}

  URI at(String path) {
    String port = context.getEnvironment().getRequiredProperty("local.server.port");
    return URI.create("http://localhost:" + port + path);
  }

  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(at(path)));
  }

  HttpResponse<String> get(String path, String user) {
    return send(HttpRequest.newBuilder(at(path)).header("Authorization", basic(user, PASSWORD)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      HttpRequest limited = request.copy().timeout(Duration.ofSeconds(60)).build();
      return client.send(limited, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static String basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  @Override
  public void close() {
    context.close();
  }
}
