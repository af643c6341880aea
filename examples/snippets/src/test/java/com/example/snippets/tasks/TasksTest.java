package com.example.snippets.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.Client;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.password.BcryptHasher;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import dev.sallyport.testkit.Secrets;
import dev.sallyport.testkit.TestRequest;
import java.net.InetAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The five tasks work. */
class TasksTest {
  private static final Password PASSWORD = Password.of("names sallyport");
  private static final Client CLIENT = new Client(InetAddress.getLoopbackAddress(), "test");

  private final Sallyport auth =
      Sallyport.inMemory().withPasswords(passwords -> passwords.hasher(BcryptHasher.ofCost(10)));
  private final User alice = auth.accounts().register("alice", PASSWORD).orElseThrow();

  private static boolean proceeds(Guard guard, TestRequest request) {
    return guard.check(request.build()) instanceof Decision.Proceed;
  }

  @Test
  @DisplayName("SP-3 Basic")
  void basic() {
    BasicTask task = new BasicTask(auth);
    assertThat(task.refusal(TestRequest.get("/").basic("alice", "names sallyport").build()))
        .isEmpty();
    assertThat(task.refusal(TestRequest.get("/").build()).orElseThrow().status()).isEqualTo(401);
  }

  @Test
  @DisplayName("SP-3 a login form and a session")
  void loginForm() {
    LoginFormTask task = new LoginFormTask(auth);
    AuthResponse done = task.logIn(TestRequest.post("/login").build(), "alice", "names sallyport");
    assertThat(done.status()).isEqualTo(303);
    String cookie = done.header("Set-Cookie").orElseThrow();
    String pair = cookie.substring(0, cookie.indexOf(';'));
    Secrets.remember(pair.substring(pair.indexOf('=') + 1));
    assertThat(proceeds(task.guard(), TestRequest.get("/").header("Cookie", pair))).isTrue();
    assertThat(task.logIn(TestRequest.post("/login").build(), "alice", "wrong").status())
        .isEqualTo(401);
  }

  @Test
  @DisplayName("SP-3 an API token")
  void apiToken() {
    ApiTokenTask task = new ApiTokenTask(auth);
    String token = task.make(alice);
    Secrets.remember(token);
    TestRequest request = TestRequest.get("/").authorization("Bearer " + token);
    assertThat(proceeds(task.guard(), request)).isTrue();
  }

  @Test
  @DisplayName("SP-3 a pair of JWTs")
  void jwtPair() {
    JwtPairTask task =
        new JwtPairTask(auth, JwtKeys.generate(auth.environment(), JwsAlgorithm.ES256));
    PasswordResult login = auth.passwords().logIn("alice", PASSWORD, CLIENT);
    TokenPair pair = task.logIn((PasswordResult.Verified) login, CLIENT);
    Secrets.remember(pair.accessToken().reveal());
    TestRequest request =
        TestRequest.get("/").authorization("Bearer " + pair.accessToken().reveal());
    assertThat(proceeds(task.guard(), request)).isTrue();
  }

  @Test
  @DisplayName("SP-3, ST-1 a user table of the host's own")
  void ownUsers() {
    OwnUsersTask.Members members =
        new OwnUsersTask.Members(auth.users()::findByName, auth.users()::findById);
    assertThat(
            OwnUsersTask.chain(members, TokenStore.inMemory())
                .authenticate(TestRequest.get("/").basic("alice", "names sallyport").build())
                .toString())
        .contains(alice.id());
  }
}
