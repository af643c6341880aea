package com.example.basic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.NotAttempted;
import dev.sallyport.Rejected;
import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.password.Password;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import dev.sallyport.testkit.CheapHasher;
import dev.sallyport.testkit.TestRequest;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class BasicVectorsTest {
  /** Another scheme or none. */
  private static final Set<String> NOT_BASIC = Set.of("go-6", "go-7", "go-10", "js-1", "js-2");

  /** Valid by the grammar; an empty name or password is refused here. */
  private static final Set<String> EMPTY = Set.of("go-5", "js-5", "js-6", "js-7");

  @TestFactory
  @DisplayName("BA-1, BA-2 conformance vectors of Basic")
  List<DynamicTest> vectors() throws Exception {
    String folder = System.getProperty("vectors.dir");
    assumeTrue(folder != null, "skipped: -Dvectors.dir names no folder of conformance vectors");
    JsonNode file =
        new ObjectMapper().readTree(Path.of(folder, "http-auth", "http_auth.json").toFile());
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode vector : file.get("basic_credentials")) {
      String id = vector.get("id").textValue();
      tests.add(DynamicTest.dynamicTest(id, () -> check(id, vector)));
    }
    assertThat(tests).hasSize(23);
    return tests;
  }

  private static void check(String id, JsonNode vector) {
    String user = vector.path("user").asText("nobody");
    String password = vector.path("password").asText("nothing");
    AuthResult result = authenticate(vector.get("authorization").textValue(), user, password);
    if (NOT_BASIC.contains(id)) {
      assertThat(result).isInstanceOf(NotAttempted.class);
    } else if (EMPTY.contains(id) || vector.get("result").textValue().equals("invalid")) {
      assertThat(result).hasToString("Rejected[basic, malformed]").isInstanceOf(Rejected.class);
    } else {
      assertThat(result).isInstanceOf(Authenticated.class);
    }
  }

  private static AuthResult authenticate(String authorization, String name, String password) {
    CheapHasher hasher = CheapHasher.create();
    Map<String, User> users =
        name.isEmpty()
            ? Map.of()
            : Map.of(
                name,
                User.builder("1", name)
                    .passwordHash(hasher.hash(Password.of(password), new SecureRandom()))
                    .build());
    CredentialStore store =
        new CredentialStore() {
          @Override
          public Optional<User> findByName(String asked) {
            return Optional.ofNullable(users.get(asked));
          }

          @Override
          public Optional<User> findById(String id) {
            return Optional.empty();
          }
        };
    Passwords passwords =
        Passwords.builder(AuthEnvironment.standard(), store).hasher(hasher).build();
    return BasicAuthenticator.of(passwords)
        .authenticate(TestRequest.get("/").header("Authorization", authorization).build());
  }
}
