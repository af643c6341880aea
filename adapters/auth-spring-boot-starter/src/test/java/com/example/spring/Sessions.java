package com.example.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

/** Alice, as a client sees her. */
final class Sessions {
  private static final String JSON =
      "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(RunningApp.ALICE, RunningApp.PASSWORD);

  private Sessions() {}

  private static HttpResponse<String> post(RunningApp app, String path) {
    return app.send(
        HttpRequest.newBuilder(app.at(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON)));
  }

  static void register(RunningApp app) {
    assertThat(post(app, "/auth/register").statusCode()).isEqualTo(201);
  }

  /** Logs in; the cookie, as it is sent back. */
  static String cookie(RunningApp app) {
    HttpResponse<String> login = post(app, "/auth/login");
    assertThat(login.statusCode()).isEqualTo(200);
    return login.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
  }
}
