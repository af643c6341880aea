package com.example.eventloop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;

/** One connection of HTTP/1.1, whose parts a test sends when it likes. */
public final class Connection implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  /** Connects to the loopback address. */
  public Connection(int port) throws IOException {
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    this.in = new BufferedInputStream(socket.getInputStream());
    socket.setSoTimeout(30_000);
  }

  /** One answer, with its body. */
  public record Answer(int status, String head, String body) {
    public List<String> values(String name) {
      return head.lines()
          .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
          .map(line -> line.substring(name.length() + 2))
          .toList();
    }

    /** The cookie that it sets, as a client sends it back. */
    public String cookie() {
      String line = values("Set-Cookie").get(0);
      return "Cookie: " + line.substring(0, line.indexOf(';'));
    }

    /** The text of a field of its JSON. */
    public String field(String name) {
      int from = body.indexOf("\"" + name + "\":\"") + name.length() + 4;
      return body.substring(from, body.indexOf('"', from));
    }
  }

  /** The head of a request on a connection that is kept. */
  public static String head(String method, String target, String... lines) {
    String all = lines.length == 0 ? "" : String.join("\r\n", lines) + "\r\n";
    return method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + all + "\r\n";
  }

  /** The head of a POST whose body, of JSON and as long as this, is sent later or never. */
  public static String begin(String target, long length, String... lines) {
    String[] all = Arrays.copyOf(lines, lines.length + 2);
    all[lines.length] = "Content-Length: " + length;
    all[lines.length + 1] = "Content-Type: application/json";
    return head("POST", target, all);
  }

  public Connection send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    return this;
  }

  public Answer ask(String method, String target, String... lines) throws IOException {
    return send(head(method, target, lines)).answer();
  }

  public Answer post(String target, String type, String body, String... lines) throws IOException {
    String length = "Content-Length: " + body.getBytes(ISO_8859_1).length;
    String all = lines.length == 0 ? length : String.join("\r\n", lines) + "\r\n" + length;
    return send(head("POST", target, "Content-Type: " + type, all) + body).answer();
  }

  /** The next answer that is not an interim one; it has a Content-Length, or no body. */
  public Answer answer() throws IOException {
    StringBuilder head = new StringBuilder();
    for (String line = line(); !line.isEmpty(); line = line()) {
      head.append(line).append("\r\n");
    }
    int status = Integer.parseInt(head.substring(9, 12));
    if (status == 100) {
      return answer();
    }
    Answer answer = new Answer(status, head.toString(), "");
    List<String> length = answer.values("Content-Length");
    byte[] body = in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length.get(0)));
    return new Answer(status, head.toString(), new String(body, UTF_8));
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("The connection ends behind '" + line + "'");
      }
      line.append((char) next);
    }
    return line.substring(0, line.length() - 1); // without CR
  }

  /** Whether nothing has come so far. */
  public boolean isSilent() throws IOException {
    return in.available() == 0;
  }

  /** Whether the host has closed it, with nothing said before. */
  public boolean hasEnded() throws IOException {
    return in.read() < 0;
  }

  /** All that comes until the host closes it. */
  public String untilEnd() throws IOException {
    return new String(in.readAllBytes(), UTF_8);
  }

  /** Goes away at once, without saying goodbye. */
  public void abort() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
