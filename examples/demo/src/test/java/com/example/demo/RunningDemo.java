package com.example.demo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.example.host.SiteClient;
import com.example.host.Transport;
import dev.sallyport.demo.Demo;
import dev.sallyport.testkit.Secrets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The demo on a free port of this process, and a client of it. */
final class RunningDemo extends SiteClient {
  static final String ADMIN_PASSWORD = "queen-of-hearts-1865";

  private static final String CHEAP = "src/test/resources/cheap.properties";

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Demo demo;

  private RunningDemo(Map<String, String> env) throws Exception {
    super(Transport.http1());
    Map<String, String> all = new HashMap<>(env);
    all.putIfAbsent("STORE", "memory");
    all.putIfAbsent("CONFIG", CHEAP);
    all.put("PORT", "0");
    demo = Demo.start(all, new PrintStream(said, false, UTF_8));
  }

  static RunningDemo start() throws Exception {
    Secrets.remember(ADMIN_PASSWORD);
    return start(Map.of("ADMIN_PASSWORD", ADMIN_PASSWORD));
  }

  static RunningDemo start(Path config) throws Exception {
    return start(Map.of("CONFIG", config.toString()));
  }

  static RunningDemo start(Map<String, String> env) throws Exception {
    return new RunningDemo(env);
  }

  @Override
  public int port() {
    return demo.port();
  }

  /** What it has printed on its console so far. */
  String said() {
    return said.toString(UTF_8);
  }

  /** 127.0.0.x. */
  static InetAddress loopback(int last) throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
  }

  /** The whole answer to a GET with header lines as they are, without its Date. */
  String rawGet(String path, String... lines) throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(
        ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n")
            .getBytes(ISO_8859_1));
    for (String line : lines) {
      request.writeBytes((line + "\r\n").getBytes(UTF_8));
    }
    request.writeBytes("\r\n".getBytes(ISO_8859_1));
    try (Socket socket = new Socket(loopback(1), port())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(request.toByteArray());
      return new String(socket.getInputStream().readAllBytes(), UTF_8)
          .replaceFirst("Date: [^\r]*\r\n", "");
    }
  }

  @Override
  public void close() {
    demo.close();
  }
}
