package com.example.jaxrs;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;

/** Resources on a port of this machine, and a client. */
final class JerseyHost implements AutoCloseable {
  private final HttpServer server;

  /** An offer of HTTP/2 makes Grizzly close the connection after its answer, without a word. */
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  JerseyHost(ResourceConfig resources) {
    URI any = URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":0/");
    server = GrizzlyHttpServerFactory.createHttpServer(any, resources);
  }

  int port() {
    return server.getListener("grizzly").getPort();
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    return ask("GET", path, headers);
  }

  HttpResponse<String> ask(String method, String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
