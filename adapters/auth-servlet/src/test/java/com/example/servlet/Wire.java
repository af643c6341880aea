package com.example.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;

/** HTTP/1.1 by hand, to a port of loopback: each request on a connection of its own. */
record Wire(int port) {
  static Wire to(Container.Running running) {
    return new Wire(running.port());
  }

  /** One answer, its body as it came (chunked or not). */
  record Answer(int status, String head, String body) {
    static Answer of(String text) {
      int end = text.indexOf("\r\n\r\n");
      int status = Integer.parseInt(text.split(" ", 3)[1]);
      return new Answer(status, text.substring(0, end), text.substring(end + 4));
    }

    List<String> values(String name) {
      return head.lines()
          .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
          .map(line -> line.substring(name.length() + 2))
          .toList();
    }
  }

  String host() {
    return "127.0.0.1:" + port;
  }

  /** All that comes back on one connection, until the host closes it. */
  String raw(String text) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  Answer get(String target, String... headers) throws IOException {
    return send("GET", target, "", headers);
  }

  Answer send(String method, String target, String body, String... headers) throws IOException {
    StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    if (Arrays.stream(headers).noneMatch(header -> header.startsWith("Host: "))) {
      request.append("Host: ").append(host()).append("\r\n");
    }
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    if (!body.isEmpty() || method.equals("POST")) {
      request.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    return Answer.of(raw(request + "Connection: close\r\n\r\n" + body));
  }
}
