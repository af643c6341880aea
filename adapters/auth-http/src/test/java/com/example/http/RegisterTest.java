package com.example.http;

import static com.example.http.Answers.faults;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.account.Accounts;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.password.PasswordHasher;
import dev.sallyport.password.Passwords;
import dev.sallyport.testkit.TestRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.Mockito;

class RegisterTest {
  private final Site site = new Site();

  @Test
  @DisplayName("HT register is 201 with id and username, no-store, and the user can log in")
  void registers() throws IOException {
    AuthResponse response = site.register("alice", Site.PASSWORD);

    String id = site.users.findByName("alice").orElseThrow().id();
    assertThat(response.status()).isEqualTo(201);
    assertThat(response.body()).isEqualTo("{\"id\":\"" + id + "\",\"username\":\"alice\"}");
    assertThat(response.header("Content-Type")).contains("application/json");
    assertThat(response.header("Cache-Control")).contains("no-store");
    assertThat(site.listener.events())
        .containsExactly(new AuthEvent.Registered(site.clock.instant(), id, "alice"));
    assertThat(site.call(TestRequest.get("/auth/me").basic("alice", Site.PASSWORD)).status())
        .isEqualTo(200);
  }

  @Test
  @DisplayName("HT roles and other fields that a client adds are ignored")
  void ignoresOtherFields() throws IOException {
    assertThat(
            site.register(
                    "{\"roles\":[\"admin\"],\"id\":\"1\",\"username\":\"mallory\","
                        + "\"password\":\"wonderland-1865\",\"active\":false}")
                .status())
        .isEqualTo(201);
    assertThat(site.users.findByName("mallory").orElseThrow().principal().roles()).isEmpty();
    assertThat(site.users.findByName("mallory").orElseThrow().id()).isNotEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource({
    "alice,ALICE",
    "Ålice,A\u030AlicE",
    "straße,STRASSE",
    "ﬁona,FIONA",
    "Ωmega,ωmega",
    "李,李"
  })
  @DisplayName("AC-3 a name that is the same in another spelling is 409 username_taken")
  void usernameTaken(String first, String second) throws IOException {
    assertThat(site.register(first, Site.PASSWORD).status()).isEqualTo(201);
    AuthResponse response = site.register(second, "another-secret-1");
    assertThat(response.status()).isEqualTo(409);
    assertThat(response.body()).contains("\"code\":\"username_taken\"");
    assertThat(response.header("Cache-Control")).contains("no-store");
  }

  @Test
  @DisplayName("HT all faults of username and password are told together, username first")
  void allFaults() throws IOException {
    assertThat(faults(site.register("{}")))
        .containsExactly("username required", "password required");
    assertThat(faults(site.register("{\"username\":1,\"password\":null}")))
        .containsExactly("username wrong_type", "password wrong_type");
    assertThat(faults(site.register("{\"username\":\"a:b\",\"password\":[\"x\"]}")))
        .containsExactly("username colon", "password wrong_type");
    assertThat(faults(site.register("{\"username\":{},\"password\":\"short\"}")))
        .containsExactly("username wrong_type", "password too_short");
    assertThat(faults(site.register("{\"password\":\"short\"}")))
        .containsExactly("username required", "password too_short");
    assertThat(faults(site.register("{\"username\":\"a:\\u0000\",\"password\":\"a\\u0000\"}")))
        .containsExactly(
            "username invalid_character",
            "username colon",
            "password too_short",
            "password invalid_character");
    assertThat(faults(site.register("{\"username\":\"\",\"password\":\"\"}")))
        .contains("username required", "password too_short");
    assertThat(faults(site.register("{\"username\":\"alice\"}")))
        .containsExactly("password required");
    assertThat(faults(site.register("{\"password\":\"wonderland-1865\"}")))
        .containsExactly("username required");
    assertThat(site.listener.events()).isEmpty();
    assertThat(site.hasher.computed()).isZero();
  }

  @Test
  @DisplayName("CH-6 a store outage is 503 with Retry-After and an event, and signs nobody up")
  void outage() throws IOException {
    site.userCalls.down = true;
    AuthResponse response = site.register("alice", Site.PASSWORD);
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.body()).contains("\"code\":\"temporarily_unavailable\"");
    assertThat(response.header("Retry-After")).contains("5");
    assertThat(response.header("Cache-Control")).contains("no-store");
    assertThat(site.listener.events()).hasOnlyElementsOfType(AuthEvent.StoreOutage.class);

    site.userCalls.down = false;
    assertThat(site.register("alice", Site.PASSWORD).status()).isEqualTo(201);
  }

  @Test
  @DisplayName("PW-4 without a turn for hashing it is 503 with Retry-After")
  void busy() throws Exception {
    CountDownLatch hashing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    PasswordHasher slow = Mockito.spy(site.hasher);
    Mockito.doAnswer(
            call -> {
              hashing.countDown();
              assertThat(goOn.await(30, TimeUnit.SECONDS)).isTrue();
              return "cheap$" + "0".repeat(64);
            })
        .when(slow)
        .hash(Mockito.any(), Mockito.any());
    Passwords passwords =
        Passwords.builder(AuthEnvironment.standard().withListener(site.listener), site.users)
            .hasher(slow)
            .maxConcurrentHashes(1)
            .maxWait(Duration.ZERO)
            .build();
    AuthEndpoints endpoints =
        AuthEndpoints.of(Accounts.builder(site.users, passwords).build(), site.guard);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<AuthResponse> first = thread.submit(() -> register(endpoints, "alice"));
      assertThat(hashing.await(30, TimeUnit.SECONDS)).isTrue();

      AuthResponse second = register(endpoints, "bob");
      assertThat(second.status()).isEqualTo(503);
      assertThat(second.body()).contains("\"code\":\"temporarily_unavailable\"");
      assertThat(second.header("Retry-After")).contains("1");

      goOn.countDown();
      assertThat(first.get(30, TimeUnit.SECONDS).status()).isEqualTo(201);
    } finally {
      goOn.countDown();
      thread.shutdownNow();
    }
  }

  private static AuthResponse register(AuthEndpoints endpoints, String name) throws IOException {
    String json = "{\"username\":\"" + name + "\",\"password\":\"wonderland-1865\"}";
    return endpoints.handle(
        TestRequest.post("/auth/register").header("Content-Type", "application/json").build(),
        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }
}
