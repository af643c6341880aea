package com.example.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The connection to one page of a browser, over its DevTools protocol. For one thread. */
final class PageConnection implements WebSocket.Listener {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final AtomicInteger last = new AtomicInteger();
  private final StringBuilder message = new StringBuilder();
  private final WebSocket socket;

  private PageConnection(HttpClient client, URI address) {
    socket = client.newWebSocketBuilder().buildAsync(address, this).join();
  }

  static PageConnection to(HttpClient client, URI address) throws Exception {
    PageConnection page = new PageConnection(client, address);
    page.call("Network.enable", Map.of());
    return page;
  }

  /** Waits until the page has received an answer, written as {@code 403 http://…}. */
  void untilAnswered(String answer) throws InterruptedException {
    List<String> others = new ArrayList<>();
    String next = answers.poll(Chromium.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    while (!answer.equals(next)) {
      assertThat(next).as("waited in vain for " + answer + ", got " + others).isNotNull();
      others.add(next);
      next = answers.poll(Chromium.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  void forgetAnswers() {
    answers.clear();
  }

  JsonNode call(String method, Map<String, ?> parameters) throws Exception {
    JsonNode answer = tryCall(method, parameters);
    assertThat(answer.has("error")).as(method + ": " + answer).isFalse();
    return answer.path("result");
  }

  JsonNode tryCall(String method, Map<String, ?> parameters) throws Exception {
    int id = last.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    asked.put(id, answer);
    ObjectNode request = JSON.createObjectNode().put("id", id).put("method", method);
    request.set("params", JSON.valueToTree(parameters));
    socket.sendText(request.toString(), true).join();
    return answer.get(Chromium.PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
    message.append(part);
    if (isLast) {
      take(message.toString());
      message.setLength(0);
    }
    from.request(1);
    return CompletableFuture.completedFuture(null);
  }

  private void take(String text) {
    try {
      JsonNode said = JSON.readTree(text);
      CompletableFuture<JsonNode> waiting = asked.remove(said.path("id").asInt());
      if (waiting != null) {
        waiting.complete(said);
      } else if (said.path("method").asText().equals("Network.responseReceived")) {
        JsonNode response = said.path("params").path("response");
        answers.add(response.path("status").asInt() + " " + response.path("url").asText());
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
