package com.example.servlet;

import java.net.InetAddress;
import java.net.InetSocketAddress;
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
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;

/** Cleartext HTTP/2 with pseudo-header fields of the test's choice. */
record Http2(int port) {
  /** What came back: status and body; 0 and nothing if the stream was reset. */
  record Answer(int status, String body) {}

  /** A GET; the authority may be null. */
  Answer get(String scheme, String authority, String path, String... lines) throws Exception {
    Quiet.jetty();
    HTTP2Client client = new HTTP2Client();
    client.start();
    try {
      Session session =
          client
              .connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), new Session.Listener() {})
              .get(30, TimeUnit.SECONDS);
      HttpFields.Mutable fields = HttpFields.build();
      for (String line : lines) {
        fields.add(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 2));
      }
      HttpURI uri =
          authority == null
              ? HttpURI.build().scheme(scheme).pathQuery(path)
              : HttpURI.from(scheme + "://" + authority + path);
      MetaData.Request request =
          new MetaData.Request("GET", uri, HttpVersion.HTTP_2, fields.asImmutable());
      Reader reader = new Reader();
      session.newStream(new HeadersFrame(request, null, true), reader).get(30, TimeUnit.SECONDS);
      return reader.answer.get(30, TimeUnit.SECONDS);
    } finally {
      client.stop();
    }
  }

  private static final class Reader implements Stream.Listener {
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final StringBuilder body = new StringBuilder();
    private int status;

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
        if (data.frame().isEndStream()) {
          answer.complete(new Answer(status, body.toString()));
          return;
        }
      }
      stream.demand();
    }

    @Override
    public void onReset(Stream stream, ResetFrame frame, Callback callback) {
      answer.complete(new Answer(0, ""));
      callback.succeeded();
    }
  }
}
