package com.example.servlet;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;

/** Cleartext HTTP/2 with pseudo-header fields of the test's choice. */
record Http2(int port) {
  /** What came back: status and body; 0 and nothing if the stream was reset. */
  record Answer(int status, String body) {}

  /** A GET; the authority may be null. */
  Answer get(String scheme, String authority, String path, String... lines) throws Exception {
    HttpURI uri =
        authority == null
            ? HttpURI.build().scheme(scheme).pathQuery(path)
            : HttpURI.from(scheme + "://" + authority + path);
    return connected(session -> ask(session, "GET", uri, fields(lines)).answer());
  }

  /**
   * A POST whose body follows the head of the answer; the answer has status 0 if the stream was
   * reset.
   */
  Answer post(String path) throws Exception {
    return connected(
        session -> {
          Asked first = ask(session, "POST", uri(path), HttpFields.EMPTY);
          first.stream.data(
              new DataFrame(first.stream.getId(), ByteBuffer.wrap(new byte[100]), true),
              Callback.NOOP);
          // When this one is answered, all about the first has arrived.
          ask(session, "GET", uri(path), HttpFields.EMPTY).answer();
          Answer answer = first.answer();
          return first.reader.wasReset ? new Answer(0, "") : answer;
        });
  }

  /** A POST of which nothing follows the head; the answer with the JSON in it, ended or not. */
  Answer postHead(String path, String... lines) throws Exception {
    return connected(
        session -> {
          Asked post = ask(session, "POST", uri(path), fields(lines));
          return post.reader.content.get(30, TimeUnit.SECONDS);
        });
  }

  /**
   * A POST whose body is late, by a client that sends none once it reads an answer, as curl does;
   * the answer has status 0 if it doesn't end.
   */
  Answer postLate(String path, String text, String... lines) throws Exception {
    ByteBuffer body = StandardCharsets.UTF_8.encode(text);
    HttpFields.Mutable fields = HttpFields.build(fields(lines));
    fields.put("content-length", body.remaining());
    return connected(
        session -> {
          Asked post = ask(session, "POST", uri(path), fields);
          boolean answered =
              post.reader
                  .content
                  .handle((begun, gone) -> true)
                  .completeOnTimeout(false, 100, TimeUnit.MILLISECONDS)
                  .get();
          ByteBuffer sent = answered ? ByteBuffer.allocate(0) : body;
          post.stream.data(new DataFrame(post.stream.getId(), sent, true), Callback.NOOP);
          return post.answer();
        });
  }

  private static HttpFields fields(String... lines) {
    HttpFields.Mutable fields = HttpFields.build();
    for (String line : lines) {
      fields.add(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 2));
    }
    return fields.asImmutable();
  }

  private HttpURI uri(String path) {
    return HttpURI.from("http://127.0.0.1:" + port + path);
  }

  private record Asked(Stream stream, Reader reader) {
    Answer answer() throws Exception {
      return reader.answer.get(30, TimeUnit.SECONDS);
    }
  }

  private static Asked ask(Session session, String method, HttpURI uri, HttpFields fields)
      throws Exception {
    MetaData.Request request = new MetaData.Request(method, uri, HttpVersion.HTTP_2, fields);
    Reader reader = new Reader();
    boolean whole = method.equals("GET");
    Stream stream =
        session.newStream(new HeadersFrame(request, null, whole), reader).get(30, TimeUnit.SECONDS);
    return new Asked(stream, reader);
  }

  private interface Conversation {
    Answer with(Session session) throws Exception;
  }

  private Answer connected(Conversation conversation) throws Exception {
    Quiet.jetty();
    HTTP2Client client = new HTTP2Client();
    client.start();
    try {
      return conversation.with(
          client
              .connect(
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                  new Session.Listener() {})
              .get(30, TimeUnit.SECONDS));
    } finally {
      client.stop();
    }
  }

  private static final class Reader implements Stream.Listener {
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final CompletableFuture<Answer> content = new CompletableFuture<>();
    private final StringBuilder body = new StringBuilder();
    private int status;
    private volatile boolean wasReset;

    @Override
    public void onHeaders(Stream stream, HeadersFrame frame) {
      if (frame.getMetaData() instanceof MetaData.Response response) {
        status = response.getStatus();
      }
      if (frame.isEndStream()) {
        answer.complete(new Answer(status, body.toString()));
      } else {
        stream.demand();
      }
    }

    @Override
    public void onDataAvailable(Stream stream) {
      for (Stream.Data data = stream.readData(); data != null; data = stream.readData()) {
        body.append(StandardCharsets.UTF_8.decode(data.frame().getByteBuffer()));
        data.release();
        if (body.toString().endsWith("}")) {
          content.complete(new Answer(status, body.toString()));
        }
        if (data.frame().isEndStream()) {
          answer.complete(new Answer(status, body.toString()));
          return;
        }
      }
      stream.demand();
    }

    @Override
    public void onReset(Stream stream, ResetFrame frame, Callback callback) {
      wasReset = true;
      answer.complete(new Answer(0, ""));
      callback.succeeded();
    }
  }
}
