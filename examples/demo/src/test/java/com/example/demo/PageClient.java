package com.example.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** A page as the demo sees it: a stream that is open, and requests with its key. */
final class PageClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final InputStream body;
  private final BufferedReader lines;
  private final StringBuilder heard = new StringBuilder();
  private final String key;
  private int last;

  PageClient(RunningDemo demo) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + demo.port() + "/look/stream");
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .POST(BodyPublishers.noBody())
            .header("Sec-Fetch-Site", "same-origin")
            .build();
    HttpResponse<InputStream> response =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().allValues("Content-Type")).containsExactly("text/event-stream");
    assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
    body = response.body();
    lines = new BufferedReader(new InputStreamReader(body, UTF_8));
    key = next("open").path("key").textValue();
  }

  /** The value of the field that a request of this page carries. */
  String trace() {
    last++;
    return key + "." + last;
  }

  String key() {
    return key;
  }

  /** What comes next, which must be of this type. */
  JsonNode next(String event) throws IOException {
    String line = line();
    while (line != null && !line.startsWith("event: ")) {
      line = line();
    }
    assertThat(line).isEqualTo("event: " + event);
    return JSON.readTree(line().substring("data: ".length()));
  }

  /** The trace of the request that was sent last. */
  JsonNode trace(int number) throws IOException {
    JsonNode trace = next("trace");
    assertThat(trace.path("number").asInt()).isEqualTo(number);
    return trace;
  }

  private String line() throws IOException {
    String line = lines.readLine();
    heard.append(line).append('\n');
    return line;
  }

  /** All that it has been told so far. */
  String heard() {
    return heard.toString();
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
