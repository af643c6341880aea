package com.example.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.host.SiteClient;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.TransportSecurity;
import dev.sallyport.lane.Lanes;
import dev.sallyport.password.BcryptHasher;
import dev.sallyport.password.Password;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GreetingsTest {
  private static final String PASSWORD = "wonderland-1865";

  private final HttpClient client = HttpClient.newHttpClient();

  private static Sallyport users() {
    AuthEnvironment environment =
        AuthEnvironment.standard()
            .withTransport(TransportSecurity.OPTIONAL_ON_LOOPBACK_FOR_DEVELOPMENT);
    BcryptHasher hasher = BcryptHasher.ofCost(10);
    AccountStore users = CredentialStore.inMemory();
    for (String name : new String[] {"alice", "admin"}) {
      users.insert(
          User.builder(name, name)
              .roles(Set.of(name))
              .passwordHash(hasher.hash(Password.of(PASSWORD), new SecureRandom()))
              .build());
    }
    return Sallyport.of(environment, users, TokenStore.inMemory())
        .withPasswords(passwords -> passwords.hasher(hasher));
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private HttpResponse<String> ask(int port, String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  @DisplayName("docs/vertx.md: hello for who is known, admin by role, and the endpoints")
  void page() throws Exception {
    QuietVertx.quieten();
    Sallyport auth = users();
    Vertx vertx = Vertx.vertx();
    try (Lanes lanes = Greetings.lanes(auth)) {
      HttpServer server =
          get(
              Greetings.server(
                      vertx,
                      new HttpServerOptions().setPort(0).setHost("localhost"),
                      Greetings.router(vertx, auth, lanes))
                  .listen());
      int port = server.actualPort();
      String[] alice = {"Authorization", SiteClient.basic("alice", PASSWORD)};
      String[] admin = {"Authorization", SiteClient.basic("admin", PASSWORD)};
      assertThat(ask(port, "/hello").statusCode()).isEqualTo(401);
      assertThat(ask(port, "/hello", alice).body()).isEqualTo("Hello, alice (basic)");
      assertThat(ask(port, "/hello", admin).body()).isEqualTo("Hello, admin (basic), as an admin");
      assertThat(ask(port, "/admin", alice).statusCode()).isEqualTo(403);
      assertThat(ask(port, "/admin", admin).body()).isEqualTo("Welcome");
      assertThat(ask(port, "/auth/me", alice).body()).contains("\"username\":\"alice\"");
    } finally {
      get(vertx.close());
    }
  }
}
