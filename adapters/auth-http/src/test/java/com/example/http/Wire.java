package com.example.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A JDK server on loopback during each test, and what it answers to some bytes. */
final class Wire implements BeforeEachCallback, AfterEachCallback {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  /** One answer; the names of its header fields are in any case. */
  record Answer(int status, String head, String body) {
    static Answer of(String text) {
      int end = text.indexOf("\r\n\r\n");
      int status = Integer.parseInt(text.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
      return new Answer(status, text.substring(0, end), text.substring(end + 4));
    }

    List<String> values(String name) {
      return head.lines()
          .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
          .map(line -> line.substring(name.length() + 2))
          .toList();
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    server.stop(0);
    threads.shutdownNow();
  }

  void route(String path, HttpHandler handler) {
    server.createContext(path, handler);
  }

  void route(HttpHandler handler) {
    route("/", handler);
  }

  void unroute() {
    server.removeContext("/");
  }

  String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getAddress().getPort());
    socket.setSoTimeout(30_000);
    return socket;
  }

  /** What comes back on one connection, until the server closes it. */
  String raw(String... requests) throws IOException {
    try (Socket socket = connect()) {
      for (String request : requests) {
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      }
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  /** Sends something, and is gone before there is an answer. */
  void sendAndReset(String request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      socket.setSoLinger(true, 0);
    }
  }

  /** To the root, without a body. */
  Answer ask(String method, String... headers) throws IOException {
    return send(method, "/", "", headers);
  }

  Answer send(String method, String target, String body, String... headers) throws IOException {
    StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    if (List.of(headers).stream().noneMatch(header -> header.startsWith("Host: "))) {
      request.append("Host: ").append(host()).append("\r\n");
    }
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    if (!body.isEmpty()) {
      request.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    return Answer.of(raw(request + "Connection: close\r\n\r\n" + body));
  }
}
