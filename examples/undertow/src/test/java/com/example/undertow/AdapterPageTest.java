package com.example.undertow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import io.undertow.Undertow;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** docs/adapter.md has all of the adapter, and its example runs. */
class AdapterPageTest {
  private static final Pattern BLOCK =
      Pattern.compile("^```java\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  private static String flat(String text) {
    return text.replaceAll("\\s+", "");
  }

  @Test
  @DisplayName("AD-10 the page has the code of the adapter, from its first line to its last")
  void complete() throws IOException {
    Path file = Path.of("src/main/java/com/example/undertow/UndertowAdapter.java");
    String code = Files.readString(file);
    String blocks =
        BLOCK
            .matcher(Files.readString(Path.of("../../docs/adapter.md")))
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.joining());
    assertThat(flat(blocks)).contains(flat(code.substring(code.indexOf("/**"))));
  }

  @Test
  @DisplayName("SP-4 the example of the page greets who has logged in, and nobody else")
  void example() throws Exception {
    AuthConfiguration auth =
        AuthConfiguration.builder(Map.of("auth.transport", "optional-on-loopback-for-development"))
            .with(CredentialStore.class, CredentialStore.inMemory())
            .with(TokenStore.class, TokenStore.inMemory())
            .build();
    Undertow server = Hello.server(auth, 0);
    server.start();
    try {
      var address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
      URI base = URI.create("http://127.0.0.1:" + address.getPort());
      HttpClient client = HttpClient.newHttpClient();
      String alice = "{\"username\":\"alice\",\"password\":\"correct horse battery staple\"}";
      for (String path : new String[] {"/auth/register", "/auth/login"}) {
        HttpRequest post =
            HttpRequest.newBuilder(base.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(alice))
                .build();
        var answer = client.send(post, BodyHandlers.ofString());
        assertThat(answer.statusCode()).isIn(200, 201);
        if (path.endsWith("login")) {
          String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
          HttpRequest hello =
              HttpRequest.newBuilder(base.resolve("/hello")).header("Cookie", cookie).build();
          assertThat(client.send(hello, BodyHandlers.ofString()).body()).isEqualTo("Hello, alice");
        }
      }
      HttpRequest anonymous = HttpRequest.newBuilder(base.resolve("/hello")).build();
      assertThat(client.send(anonymous, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
    } finally {
      server.stop();
    }
  }
}
