package com.example.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;

/** One connection of HTTP/1.1, for several requests, whose parts a test sends when it likes. */
final class Connection implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  private Connection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  static Connection to(Wire wire) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), wire.port());
    socket.setSoTimeout(30_000);
    return new Connection(socket);
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  /** The next answer, which has a Content-Length or is chunked. */
  Wire.Answer answer() throws IOException {
    StringBuilder head = new StringBuilder();
    for (String line = line(); !line.isEmpty(); line = line()) {
      head.append(line).append("\r\n");
    }
    Wire.Answer answer = Wire.Answer.of(head + "\r\n");
    List<String> length = answer.values("Content-Length");
    byte[] body = length.isEmpty() ? chunks() : in.readNBytes(Integer.parseInt(length.get(0)));
    return new Wire.Answer(answer.status(), answer.head(), new String(body, UTF_8));
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
      all.write(in.readNBytes(size));
      line();
    }
    line();
    return all.toByteArray();
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

  /** Whether the host has closed it, with nothing said before. */
  boolean hasEnded() throws IOException {
    return in.read() < 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
