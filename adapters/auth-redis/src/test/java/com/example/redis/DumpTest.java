package com.example.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.redis.server.RedisProcess;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.Client;
import dev.sallyport.account.AccountResult;
import dev.sallyport.account.Accounts;
import dev.sallyport.account.PasswordReset;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.jwt.refresh.JwtIssuer;
import dev.sallyport.jwt.refresh.JwtLoginResult;
import dev.sallyport.jwt.refresh.RefreshFamilies;
import dev.sallyport.jwt.refresh.RefreshResult;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.password.Passwords;
import dev.sallyport.redis.RedisStores;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.SessionResult;
import dev.sallyport.session.Sessions;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.testkit.CheapHasher;
import dev.sallyport.testkit.Secrets;
import dev.sallyport.testkit.TestRequest;
import dev.sallyport.throttle.Throttle;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenResult;
import dev.sallyport.token.Tokens;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;

/** Whoever steals the server's files has nothing to log in with. */
class DumpTest {
  private static final Client CLIENT = new Client(InetAddress.getLoopbackAddress(), "a browser");

  private final AccountStore users = CredentialStore.inMemory();

  /** What a client holds, and may use. */
  private final List<String> secrets = new ArrayList<>();

  private String secret(String secret) {
    secrets.add(secret);
    return secret;
  }

  @Test
  @DisplayName("ST-3 Snapshot and append-only file hold nothing that a client could present")
  void holdsNoSecret() throws IOException {
    try (RedisProcess server =
            RedisProcess.start(
                "--rdbcompression", "no", "--appendonly", "yes", "--aof-use-rdb-preamble", "no");
        RedisClient client = Servers.patientClient(server.address());
        Jedis admin = server.admin()) {
      RedisStores stores = Servers.patient(client);
      use(stores);
      admin.save();
      String snapshot = Files.readString(server.folder().resolve("dump.rdb"), ISO_8859_1);
      StringBuilder written = new StringBuilder();
      try (var files = Files.walk(server.folder().resolve("appendonlydir"))) {
        for (var file : files.filter(Files::isRegularFile).toList()) {
          written.append(Files.readString(file, ISO_8859_1));
        }
      }
      for (String dump : List.of(snapshot, written.toString())) {
        assertThat(secrets).hasSizeGreaterThan(9);
        assertThat(secrets).filteredOn(secret -> Secrets.contains(dump, secret)).isEmpty();
        assertThat(dump).contains("sallyport:p:", "sallyport:u:", "sallyport:t:", "a label");
      }
    }
  }

  private void use(RedisStores stores) {
    Passwords passwords =
        Passwords.builder(AuthEnvironment.standard(), users)
            .hasher(CheapHasher.create())
            .throttle(
                Throttle.builder(AuthEnvironment.standard().withCounts(stores.counts())).build())
            .build();
    Accounts accounts = Accounts.builder(users, passwords).tokens(stores.tokens()).build();
    assertThat(accounts.register("alice", Password.of(secret("the first of her secrets"))))
        .isInstanceOf(AccountResult.Done.class);
    assertThat(accounts.verify("alice", Password.of(secret("a guess that is wrong")), CLIENT))
        .isNotInstanceOf(PasswordResult.Verified.class);
    PasswordReset.of(accounts, stores.tokens(), (user, code, end) -> secret(code.reveal()))
        .request("alice", CLIENT);
    PasswordResult.Verified login =
        (PasswordResult.Verified)
            accounts.verify("alice", Password.of("the first of her secrets"), CLIENT);
    Sallyport auth = Sallyport.of(users, stores.tokens());
    SessionResult.Started started =
        (SessionResult.Started) Sessions.of(auth).start(login, TestRequest.get("/").build());
    secret(started.cookie().value());
    secret(started.csrfToken().reveal());
    TokenResult.Issued issued =
        (TokenResult.Issued)
            Tokens.of(auth).issue(login, NewToken.labelled("a label").scopes("read"));
    secret(issued.token().reveal());
    family(auth, login);
  }

  private void family(Sallyport auth, PasswordResult.Verified login) {
    SecureRandom random = new SecureRandom();
    RefreshFamilies families =
        RefreshFamilies.of(
            auth,
            JwtIssuer.of(
                "https://issuer.test",
                "https://api.test",
                SigningKeySet.of(SigningKey.generate(JwsAlgorithm.ES256, random))),
            SigningKeySet.of(SigningKey.generate(JwsAlgorithm.HS256, random)));
    TokenPair first = ((JwtLoginResult.LoggedIn) families.start(login, CLIENT)).tokens();
    remember(first);
    remember(((RefreshResult.Refreshed) families.refresh(first.refreshToken().reveal())).tokens());
  }

  private void remember(TokenPair pair) {
    secret(pair.accessToken().reveal());
    secret(pair.refreshToken().reveal());
  }
}
