package com.example.undertow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.example.undertow.UndertowAdapter.GuardedHandler;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Permission;
import dev.sallyport.guard.Problem;
import dev.sallyport.guard.Verdict;
import dev.sallyport.http.RefusedRequestException;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.session.Sessions;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.CookieImpl;
import io.undertow.server.handlers.PathHandler;
import io.undertow.util.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the contract of adapters doesn't ask about, since hosts differ in it. */
class UndertowAdapterTest {
  private static final Permission OVER_TLS =
      access -> access.request().isSecure() ? Verdict.ALLOWED : Verdict.DENIED;

  private final Sallyport auth = Sallyport.inMemory();
  private final UndertowAdapter adapter =
      UndertowAdapter.of(auth.guard(SessionAuthenticator.of(Sessions.of(auth))));
  private Undertow server;

  @AfterEach
  void stop() {
    server.stop();
  }

  private URI start(HttpHandler handler) {
    return start(Undertow.builder().addHttpListener(0, "127.0.0.1"), "http://127.0.0.1:", handler);
  }

  private URI start(Undertow.Builder builder, String base, HttpHandler handler) {
    server =
        builder.setServerOption(UndertowOptions.ENABLE_HTTP2, true).setHandler(handler).build();
    server.start();
    var address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    return URI.create(base + address.getPort() + "/");
  }

  private HttpResponse<String> ask(GuardedHandler handler)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(start(adapter.protect(Permission.anyone(), handler))).build(),
            BodyHandlers.ofString());
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  @DisplayName("GU-5 a request over TLS is secure, and one without is not, over each protocol")
  void secure(HttpClient.Version version, @TempDir Path folder) throws Exception {
    HttpHandler handler =
        adapter.protect(OVER_TLS, (exchange, who) -> exchange.getResponseSender().send("secure"));
    SSLContext tls = selfSigned(folder.resolve("keys.p12"));
    HttpClient client = HttpClient.newBuilder().version(version).sslContext(tls).build();
    URI https =
        start(
            Undertow.builder().addHttpsListener(0, "localhost", tls),
            "https://localhost:",
            handler);
    HttpResponse<String> answer =
        client.send(HttpRequest.newBuilder(https).build(), BodyHandlers.ofString());
    assertThat(answer.body()).isEqualTo("secure");
    assertThat(answer.version()).isEqualTo(version);
    server.stop();
    HttpRequest plain = HttpRequest.newBuilder(start(handler)).build();
    assertThat(client.send(plain, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
  }

  @Test
  @DisplayName("AD-9 neither the guard nor the handler runs on a thread of the event loop")
  void worker() throws Exception {
    assertThat(
            ask((exchange, who) ->
                    exchange.getResponseSender().send("in I/O: " + exchange.isInIoThread()))
                .body())
        .isEqualTo("in I/O: false");
  }

  @Test
  @DisplayName("AD-6 nothing of a failed answer is sent: no field, no cookie, no half of a body")
  void halfway() throws Exception {
    HttpResponse<String> answer =
        ask(
            (exchange, who) -> {
              exchange.setResponseCookie(new CookieImpl("own", "1"));
              exchange.getResponseHeaders().add(Headers.LOCATION, "/elsewhere");
              exchange.getOutputStream().write(new byte[] {'h', 'a', 'l', 'f'});
              throw new IllegalStateException();
            });
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).startsWith("{").contains("internal_error").doesNotContain("half");
    assertThat(answer.headers().map()).doesNotContainKeys("set-cookie", "location");
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  @DisplayName("AD-6 an answer that has begun breaks off, so that nobody takes it for a whole one")
  void begun(HttpClient.Version version) throws Exception {
    HttpHandler half =
        adapter.protect(
            Permission.anyone(),
            (exchange, who) -> {
              exchange.getOutputStream().write(new byte[] {'h', 'a', 'l', 'f'});
              exchange.getOutputStream().flush();
              throw new IllegalStateException();
            });
    URI uri =
        start(
            new PathHandler(exchange -> exchange.getResponseSender().send("whole"))
                .addExactPath("/half", half));
    HttpClient client = HttpClient.newBuilder().version(version).build();
    HttpRequest whole = HttpRequest.newBuilder(uri).build();
    assertThat(client.send(whole, BodyHandlers.ofString()).version()).isEqualTo(version);
    assertThatIOException()
        .isThrownBy(
            () ->
                client.send(
                    HttpRequest.newBuilder(uri.resolve("/half")).build(), BodyHandlers.ofString()));
    assertThat(client.send(whole, BodyHandlers.ofString()).body()).isEqualTo("whole");
  }

  @Test
  @DisplayName("GU-2 what a handler refuses is answered, with each field once")
  void refuses() throws Exception {
    HttpResponse<String> answer =
        ask(
            (exchange, who) -> {
              throw new RefusedRequestException(Problem.of(409, "taken", "The title is taken."));
            });
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("\"code\":\"taken\"");
    assertThat(answer.headers().allValues("Content-Type"))
        .containsExactly("application/problem+json");
  }

  @Test
  @DisplayName("GU-1 an empty answer is sent as well")
  void empty() throws Exception {
    assertThat(
            ask((exchange, who) -> {
                  throw new RefusedRequestException(new AuthResponse(204, List.of(), ""));
                })
                .statusCode())
        .isEqualTo(204);
  }

  private static SSLContext selfSigned(Path file) throws Exception {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    String[] command = {
      keytool.toString(),
      "-genkeypair",
      "-keystore",
      file.toString(),
      "-storetype",
      "PKCS12",
      "-storepass",
      "changeit",
      "-keyalg",
      "EC",
      "-alias",
      "key",
      "-dname",
      "CN=localhost",
      "-ext",
      "san=dns:localhost"
    };
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, "changeit".toCharArray());
    }
    var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, "changeit".toCharArray());
    var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }
}
