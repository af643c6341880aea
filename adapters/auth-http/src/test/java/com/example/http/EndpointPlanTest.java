package com.example.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.Plan;
import dev.sallyport.Plan.Work;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.testkit.Plans;
import dev.sallyport.testkit.TestRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What endpoints need before they answer. */
class EndpointPlanTest {
  private final Site site = new Site();

  private Plan<AuthResponse> plan(TestRequest request, String body) {
    return site.endpoints.plan(
        request.build(), new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @CsvSource({"POST, /auth/register", "POST, /auth/login", "POST, /auth/password"})
  @DisplayName("AD-9 what hashes a password of its body is never among those that ask a store")
  void hashing(String method, String path) {
    assertThat(Plans.works(plan(TestRequest.of(method, path), ""))).containsExactly(Work.HASH);
  }

  @ParameterizedTest
  @CsvSource({"GET, /auth/me", "POST, /auth/logout", "GET, /auth/sessions"})
  @DisplayName("AD-9 what needs the caller alone asks a store, and hashes only for Basic")
  void caller(String method, String path) {
    TestRequest request = TestRequest.of(method, path);
    assertThat(Plans.works(plan(request, ""))).containsExactly(Work.STORE);
    assertThat(Plans.works(plan(request.basic("alice", "wrong"), ""))).containsExactly(Work.HASH);
  }

  @Test
  @DisplayName("AD-9 what nobody answers needs nothing")
  void unknown() {
    assertThat(plan(TestRequest.get("/auth/nothing"), ""))
        .isInstanceOfSatisfying(
            Plan.Done.class,
            done -> assertThat(((AuthResponse) done.result()).status()).isEqualTo(404));
    assertThat(plan(TestRequest.get("/auth/login"), "")).isInstanceOf(Plan.Done.class);
  }

  @Test
  @DisplayName("AD-9 texts that are the same for all need nothing")
  void nothing() {
    AuthEndpoints endpoints =
        AuthEndpoints.builder(site.accounts, site.guard).openApi().javaScriptClient().build();
    for (String path : new String[] {"/auth/openapi.json", "/auth/sallyport.js"}) {
      assertThat(endpoints.plan(TestRequest.get(path).build(), InputStream.nullInputStream()))
          .isInstanceOfSatisfying(
              Plan.Done.class,
              done -> assertThat(((AuthResponse) done.result()).status()).isEqualTo(200));
    }
  }

  @Test
  @DisplayName("AD-9 a plan completes to what is answered at once")
  void same() throws IOException {
    site.user("alice");
    String login = "{\"username\":\"alice\",\"password\":\"" + Site.PASSWORD + "\"}";
    TestRequest post = TestRequest.post("/auth/login").header("Content-Type", "application/json");
    assertThat(plan(post, login).complete().status()).isEqualTo(200);
    assertThat(plan(post, "{}").complete().body())
        .isEqualTo(site.call(post, "{}".getBytes(StandardCharsets.UTF_8)).body());
  }

  @Test
  @DisplayName("AD-9 a body that can't be read is no answer")
  void broken() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("broken off");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            return read();
          }
        };
    TestRequest post = TestRequest.post("/auth/login").header("Content-Type", "application/json");
    assertThatThrownBy(() -> site.endpoints.plan(post.build(), broken).complete())
        .isInstanceOf(UncheckedIOException.class);
  }
}
