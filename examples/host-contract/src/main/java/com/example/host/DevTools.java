package com.example.host;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** A browser that is driven over its DevTools protocol. */
final class DevTools {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI newTab;

  DevTools(String port) {
    newTab = URI.create("http://127.0.0.1:" + port + "/json/new?about:blank");
  }

  PageConnection newPage() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(newTab).PUT(BodyPublishers.noBody()).build();
    String target = client.send(request, BodyHandlers.ofString()).body();
    String address = JSON.readTree(target).path("webSocketDebuggerUrl").asText();
    if (address.isEmpty()) {
      throw new IOException("Chromium opens no tab: " + target);
    }
    return PageConnection.to(client, URI.create(address));
  }
}
