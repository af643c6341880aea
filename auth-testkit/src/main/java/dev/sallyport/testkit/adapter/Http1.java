package dev.sallyport.testkit.adapter;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 on sockets of our own, so that a request is sent as it is written. */
record Http1(URI base, @Nullable SSLContext tls) implements Client {
  private static final int TIMEOUT_MS = 30_000;
  private static final int CHUNK = 4000;

  Socket connect() throws IOException {
    Socket socket =
        tls == null
            ? new Socket(base.getHost(), base.getPort())
            : tls.getSocketFactory().createSocket(base.getHost(), base.getPort());
    socket.setSoTimeout(TIMEOUT_MS);
    return socket;
  }

  @Override
  public Answer ask(Ask ask) throws IOException {
    boolean chunked = ask.has("Transfer-Encoding");
    return raw(head(proxied(ask)), chunked ? inChunks(ask.body()) : ask.body());
  }

  private static byte[] inChunks(byte[] body) throws IOException {
    ByteArrayOutputStream chunks = new ByteArrayOutputStream();
    for (int at = 0; at < body.length; at += CHUNK) {
      int length = Math.min(CHUNK, body.length - at);
      chunks.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      chunks.write(body, at, length);
      chunks.write('\r');
      chunks.write('\n');
    }
    chunks.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return chunks.toByteArray();
  }

  /** The head of a request as a plain client writes it. */
  String head(Ask ask) {
    StringBuilder head =
        new StringBuilder(ask.method() + " " + ask.target() + " HTTP/1.1\r\n")
            .append("Host: ")
            .append(base.getRawAuthority())
            .append(ask.has("Connection") ? "\r\n" : "\r\nConnection: close\r\n");
    ask.lines()
        .forEach(line -> head.append(line.name()).append(": ").append(line.value()).append("\r\n"));
    boolean hasBody = ask.body().length > 0 || ask.method().equals("POST");
    if (hasBody && !ask.has("Transfer-Encoding")) {
      head.append("Content-Length: ").append(ask.body().length).append("\r\n");
    }
    return head.append("\r\n").toString();
  }

  /** Sends a head as it is and then a body, and reads the answer only when all is sent. */
  Answer raw(String head, byte[] body) throws IOException {
    try (Socket socket = connect()) {
      send(socket, head, body);
      return read(socket.getInputStream(), head.startsWith("HEAD "));
    }
  }

  /** As a patient client: where the host stops reading, it reads what the host has said. */
  Answer patiently(Ask ask) throws IOException {
    List<Answer> answers = inARow(ask);
    return answers.isEmpty() ? Answer.NONE : answers.get(0);
  }

  Answer raw(String head) throws IOException {
    return raw(head, new byte[0]);
  }

  /** As a client that waits for {@code 100 Continue} before it sends the body. */
  Answer expecting(String head, byte[] body) throws IOException {
    try (Socket socket = connect()) {
      send(socket, head, new byte[0]);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      Answer first = readOne(in, false);
      if (first.status() != 100) {
        return first;
      }
      send(socket, "", body);
      return read(in, false);
    }
  }

  /**
   * What comes back on one connection, until the host closes it. The last request is sent when the
   * others have been answered: a host may close the connection once it has read which is the last.
   */
  List<Answer> inARow(Ask... asks) throws IOException {
    List<Answer> answers = new ArrayList<>();
    int last = asks.length - 1;
    try (Socket socket = connect()) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      trySending(socket, Arrays.copyOf(asks, last));
      while (answers.size() < last && readNext(in, answers)) {}
      trySending(socket, asks[last]);
      while (readNext(in, answers)) {}
    } catch (SocketException e) {
      return answers; // the host has closed it before it read all
    }
    return answers;
  }

  private static boolean readNext(InputStream in, List<Answer> answers) throws IOException {
    Answer next = readOne(in, false);
    return next.status() != 0 && answers.add(next);
  }

  private void trySending(Socket socket, Ask... asks) throws IOException {
    try {
      for (Ask ask : asks) {
        send(socket, head(proxied(ask)), ask.body());
      }
    } catch (SocketException e) {
      return; // the host reads no more, but may have answered
    }
  }

  /** Sends a request, and is gone before there is an answer. */
  void abort(String head, String body) throws IOException {
    try (Socket socket = connect()) {
      send(socket, head, body.getBytes(StandardCharsets.ISO_8859_1));
      socket.setSoLinger(true, 0);
    }
  }

  private static void send(Socket socket, String head, byte[] body) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(head.getBytes(StandardCharsets.ISO_8859_1));
    out.write(body);
    out.flush();
  }

  static Answer read(InputStream connection, boolean head) throws IOException {
    InputStream in = new BufferedInputStream(connection);
    List<Integer> interim = new ArrayList<>();
    Answer answer = readOne(in, head);
    while (answer.status() >= 100 && answer.status() < 200) {
      interim.add(answer.status());
      answer = readOne(in, head);
    }
    return new Answer(answer.protocol(), interim, answer.status(), answer.lines(), answer.body());
  }

  private static Answer readOne(InputStream in, boolean head) throws IOException {
    String first = line(in);
    if (first == null) {
      return Answer.NONE;
    }
    String[] words = first.split(" ", 3);
    int status = Integer.parseInt(words[1]);
    List<Ask.Line> lines = new ArrayList<>();
    for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      lines.add(new Ask.Line(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    Answer answer = new Answer(words[0], List.of(), status, lines, "");
    boolean none = head || status < 200 || status == 204 || status == 304;
    String body = none ? "" : new String(body(in, answer), StandardCharsets.UTF_8);
    return new Answer(words[0], List.of(), status, lines, body);
  }

  private static byte[] body(InputStream in, Answer answer) throws IOException {
    if (!answer.values("Transfer-Encoding").isEmpty()) {
      return chunked(in);
    }
    List<String> length = answer.values("Content-Length");
    return length.isEmpty() ? in.readAllBytes() : exactly(in, Integer.parseInt(length.get(0)));
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("The answer broke off");
    }
    return bytes;
  }

  private static byte[] chunked(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (true) {
      String line = line(in);
      if (line == null) {
        throw new EOFException("The answer broke off");
      }
      int size = Integer.parseInt(line.split(";", 2)[0].strip().toLowerCase(Locale.ROOT), 16);
      all.write(exactly(in, size));
      line(in);
      if (size == 0) {
        return all.toByteArray();
      }
    }
  }

  private static @Nullable String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
      }
      line.write(b);
    }
    return line.size() == 0 ? null : line.toString(StandardCharsets.ISO_8859_1);
  }
}
