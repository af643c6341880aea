package dev.sallyport.testkit.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** HTTP/2 by the JDK's client: over TLS by ALPN, or in cleartext by an upgrade. */
final class Http2 implements Client {
  private final URI base;
  private final HttpClient client;

  Http2(URI base, @Nullable SSLContext tls) throws IOException {
    this.base = base;
    HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2);
    this.client = (tls == null ? builder : builder.sslContext(tls)).build();
    // An upgrade comes with a request without a body, and later ones share the connection.
    send(Ask.get("/"));
  }

  @Override
  public URI base() {
    return base;
  }

  @Override
  public Answer ask(Ask ask) throws IOException {
    Answer answer = send(proxied(ask));
    assertThat(answer.protocol()).as("the protocol of the answer").isEqualTo("HTTP/2");
    return answer;
  }

  private Answer send(Ask ask) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(ask.target()))
            .timeout(Duration.ofSeconds(30))
            .method(
                ask.method(),
                ask.body().length == 0
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(ask.body()));
    ask.lines().forEach(line -> request.header(line.name(), line.value()));
    try {
      return answer(client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static Answer answer(HttpResponse<String> response) {
    List<Ask.Line> lines = new ArrayList<>();
    response
        .headers()
        .map()
        .forEach((name, values) -> values.forEach(value -> lines.add(new Ask.Line(name, value))));
    String protocol = response.version() == HttpClient.Version.HTTP_2 ? "HTTP/2" : "HTTP/1.1";
    return new Answer(protocol, List.of(), response.statusCode(), lines, response.body());
  }
}
