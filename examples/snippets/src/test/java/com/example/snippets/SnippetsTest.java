package com.example.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Client;
import dev.sallyport.Principal;
import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.guard.Access;
import dev.sallyport.guard.Guard;
import dev.sallyport.password.BcryptHasher;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.password.Passwords;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import dev.sallyport.testkit.ForcedAuthenticator;
import dev.sallyport.testkit.TestRequest;
import dev.sallyport.token.Tokens;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The code of the documents is this module's code, or an example host's, and works. */
class SnippetsTest {
  private static final List<Path> SOURCES =
      List.of(
          Path.of("src/main/java/com/example"),
          Path.of("src/test/java/com/example"),
          Path.of("../../adapters/auth-spring-boot-starter/src/test"),
          Path.of("../grpc/src"),
          Path.of("../helidon/src"),
          Path.of("../javalin/src"),
          Path.of("../jaxrs/src"),
          Path.of("../micronaut/src"),
          Path.of("../servlets/src"),
          Path.of("../spring-boot/src"),
          Path.of("../undertow/src"),
          Path.of("../vertx/src"),
          Path.of("../webflux/src"));

  @Test
  @DisplayName("every Java block of the documents stands in a class that compiles")
  void blocksAreCompiled() throws IOException {
    StringBuilder code = new StringBuilder();
    for (Path folder : SOURCES) {
      try (Stream<Path> files = Files.walk(folder)) {
        files
            .filter(Files::isRegularFile)
            .map(Pages::read)
            .map(SnippetsTest::flat)
            .forEach(code.append('\n')::append);
      }
    }
    int blocks = 0;
    for (Path page : Pages.all()) {
      for (String block : Pages.blocks(page, "java")) {
        if (!block.startsWith("// src/")) { // a whole file, which another test compiles
          assertThat(code).as("a block of %s", page.getFileName()).contains(flat(block));
          blocks++;
        }
      }
    }
    assertThat(blocks).isGreaterThan(9);
  }

  /** Without white space, which differs with the depth of the code. */
  private static String flat(String text) {
    return text.replaceAll("\\s+", "");
  }

  @Test
  @DisplayName("README.md: the chain greets, refuses and guards")
  void readme() {
    AuthenticatorChain chain = ReadmeSnippets.embed();
    AuthRequest alice = TestRequest.get("/").basic("alice", "correct horse battery staple").build();
    assertThat(ReadmeSnippets.greet(chain, alice)).isEqualTo("Hello, alice");
    assertThat(ReadmeSnippets.greet(chain, TestRequest.get("/").basic("alice", "wrong").build()))
        .isEqualTo("No: invalid_credentials");
    assertThat(ReadmeSnippets.greet(chain, TestRequest.get("/").build()))
        .isEqualTo("Hello, whoever you are");
    assertThat(ReadmeSnippets.guard(chain, alice).status()).isEqualTo(403);
  }

  @Test
  @DisplayName("docs/passwords.md: options, pepper, rule, formats, a user table of the host's")
  void passwords() {
    Password password = Password.of("names sallyport");
    BcryptHasher peppered = PasswordSnippets.pepper(new byte[32]);
    assertThat(peppered.maxBytes()).isEqualTo(1024);
    assertThat(PasswordSnippets.policy().faults("alice", password, peppered))
        .extracting("code")
        .containsExactly("service_name");

    User user =
        User.builder("1", "Alice")
            .passwordHash(BcryptHasher.ofCost(10).hash(password, new SecureRandom()))
            .build();
    CredentialStore users = PasswordSnippets.ownUsers(user);
    Client here = new Client(InetAddress.getLoopbackAddress(), "");
    TokenStore tokens = TokenStore.inMemory();
    Sallyport auth = Sallyport.of(users, tokens);
    for (Sallyport made :
        List.of(
            PasswordSnippets.dearestDjango(auth),
            PasswordSnippets.options(users, tokens),
            PasswordSnippets.formats(auth))) {
      assertThat(made.passwords().verify("alice", password, here))
          .isInstanceOf(PasswordResult.Verified.class);
    }
    assertThat(users.findById("1")).contains(user);
    Passwords strict = PasswordSnippets.throttle(auth).passwords();
    for (int i = 0; i < 3; i++) {
      strict.verify("nobody", password, here);
    }
    assertThat(strict.verify("nobody", password, here)).hasToString("Refused[throttled]");
  }

  @Test
  @DisplayName("docs/http.md, docs/settings.md: a permission and a configuration")
  void host() {
    Principal alice = new Principal("1", "alice", Set.of());
    var who =
        (Authenticated) ForcedAuthenticator.as(alice).authenticate(TestRequest.get("/").build());
    assertThat(
            HostSnippets.owner()
                .check(Access.of(TestRequest.get("/u/1").build(), who, Instant.EPOCH))
                .isAllowed())
        .isTrue();
    assertThat(
            HostSnippets.owner()
                .check(Access.of(TestRequest.get("/u/2").build(), who, Instant.EPOCH))
                .isAllowed())
        .isFalse();
    AccountStore users = CredentialStore.inMemory();
    TokenStore tokens = TokenStore.inMemory();
    Sallyport shared = HostSnippets.environment(event -> {}, users, tokens);
    assertThat(shared.environment()).asString().contains("10.0.0.0/8");
    assertThat(HostSnippets.settings(Map.of(), shared.environment(), users, tokens)).hasSize(2);
    AuthConfiguration auth =
        AuthConfiguration.builder(Map.of("auth.chain", "token, session", "auth.token.prefix", "x_"))
            .with(CredentialStore.class, users)
            .with(TokenStore.class, tokens)
            .build();
    assertThat(HostSnippets.ofTheChain(auth))
        .hasSize(2)
        .last()
        .isInstanceOfSatisfying(
            Tokens.class, found -> assertThat(found.pattern()).startsWith("\\bx_"));
  }

  @Test
  @DisplayName("GU-6 docs/http.md: somebody who is authenticated already, and a refusal as a value")
  void authorize() {
    Sallyport auth = Sallyport.inMemory();
    Guard guard = auth.guard(BasicAuthenticator.of(auth));
    AuthRequest request = TestRequest.get("/").build();
    Authenticated alice = (Authenticated) ForcedAuthenticator.as("alice").authenticate(request);
    assertThat(HostSnippets.authorize(guard, request, Optional.empty()))
        .isEqualTo("401 authentication_required");
    assertThat(HostSnippets.authorize(guard, request, Optional.of(alice)))
        .isEqualTo("403 forbidden");
  }

  @Test
  @DisplayName("docs/testing.md: fixtures")
  void testing() {
    assertThat(ReadmeSnippets.greet(TestingSnippets.forced(), TestRequest.get("/").build()))
        .isEqualTo("Hello, alice");
    assertThat(TestingSnippets.fixtures().events()).hasSize(2);
  }

  @Test
  @DisplayName("docs/README.md leads to every page of docs")
  void indexIsComplete() {
    Path docs = Pages.ROOT.resolve("docs");
    String index = Pages.read(docs.resolve("README.md"));
    for (Path page : Pages.in(docs)) {
      String name = page.getFileName().toString();
      if (!name.equals("README.md")) {
        assertThat(index).contains("](" + name + ")");
      }
    }
  }

  @Test
  @DisplayName("every link of the documents leads to a file")
  void linksLeadSomewhere() {
    List<Path> pages = Pages.all();
    for (Path page : pages) {
      var link = java.util.regex.Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");
      var matcher = link.matcher(Pages.read(page));
      while (matcher.find()) {
        assertThat(page.resolveSibling(matcher.group(1))).exists();
      }
    }
  }
}
