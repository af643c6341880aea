package com.example.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.jwt.key.RemoteKeySet;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteUrlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://idp.example/.well-known/jwks.json",
        "HTTPS://IDP.example/",
        "https://idp.example:8443/a?b=c",
        "https://10.0.0.1/",
        "http://localhost:8080/jwks",
        "http://LOCALHOST/",
        "http://127.0.0.1/",
        "http://127.255.255.254/",
        "http://[::1]:8080/"
      })
  @DisplayName("JW-5, PW-6 https anywhere, and http on this machine; a query is not shown")
  void taken(String uri) {
    String shown = uri.contains("?") ? uri.substring(0, uri.indexOf('?')) : uri;
    assertThat(RemoteKeySet.of(URI.create(uri))).hasToString("RemoteKeySet[" + shown + "]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://idp.example/jwks",
        "http://localhost.evil.example/",
        "http://127.0.0.1.evil.example/",
        "http://127.0.0.256/",
        "http://127.0.0.999/",
        "http://127.1/",
        "http://128.0.0.1/",
        "http://0.0.0.0/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://[::]/",
        "http://[::2]/",
        "http://[::ffff:10.0.0.1]/",
        "http://xlocalhost/",
        "http://localhost./",
        "file:///etc/passwd",
        "ftp://idp.example/",
        "jar:file:/a.jar!/jwks",
        "mailto:a@b.example",
        "https:idp.example",
        "https:///jwks",
        "https:/jwks",
        "//idp.example/jwks",
        "/jwks",
        "",
        "httpss://idp.example/"
      })
  @DisplayName("JW-5 anything else is refused before it is asked")
  void refused(String uri) {
    URI url = URI.create(uri);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RemoteKeySet.of(url))
        .withMessageContaining("https");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user:hunter22@idp.example/",
        "https://hunter22@idp.example/",
        "http://user:hunter22@127.0.0.1/",
        "https://@idp.example/hunter22",
        "ftp://user:hunter22@idp.example/",
        "https://user:hunter22@idp_1.example/",
        "https://user:hunter22@/jwks",
        "https://user:hunter22@idp.example:x/",
        "https:user:hunter22@idp.example"
      })
  @DisplayName("JW-5, PW-6 user info in a URL is refused, and the message shows none of it")
  void userInfo(String uri) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RemoteKeySet.of(URI.create(uri)))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(":hunter22", "hunter22@"));
  }

  @Test
  @DisplayName("JW-5 a client that follows redirects is refused")
  void clients() {
    RemoteKeySet.Builder builder =
        RemoteKeySet.builder(AuthEnvironment.standard(), URI.create("https://idp.example/"));
    for (HttpClient.Redirect redirect :
        new HttpClient.Redirect[] {HttpClient.Redirect.NORMAL, HttpClient.Redirect.ALWAYS}) {
      HttpClient client = HttpClient.newBuilder().followRedirects(redirect).build();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder.client(client))
          .withMessageContaining("redirects");
    }
    assertThat(builder.client(HttpClient.newHttpClient()).build()).isNotNull();
  }

  @Test
  @DisplayName("JW-5 an attempt takes 100 ms to 30 s")
  void timeouts() {
    RemoteKeySet.Builder builder =
        RemoteKeySet.builder(AuthEnvironment.standard(), URI.create("https://idp.example/"));
    for (Duration bad :
        new Duration[] {
          Duration.ZERO,
          Duration.ofMillis(99),
          Duration.ofSeconds(-1),
          Duration.ofSeconds(31),
          Duration.ofSeconds(30).plusNanos(1)
        }) {
      assertThatIllegalArgumentException().isThrownBy(() -> builder.timeout(bad));
    }
    assertThat(builder.timeout(Duration.ofMillis(100)).timeout(Duration.ofSeconds(30))).isNotNull();
  }
}
