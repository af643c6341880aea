package com.example.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Client;
import dev.sallyport.account.AccountResult;
import dev.sallyport.account.Accounts;
import dev.sallyport.account.PasswordReset;
import dev.sallyport.jdbc.JdbcStores;
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
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.SessionResult;
import dev.sallyport.session.Sessions;
import dev.sallyport.testkit.CheapHasher;
import dev.sallyport.testkit.Secrets;
import dev.sallyport.testkit.TestRequest;
import dev.sallyport.throttle.Throttle;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenResult;
import dev.sallyport.token.Tokens;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever steals a copy of the database has nothing to log in with. */
class DumpTest {
  private static final Client CLIENT = new Client(InetAddress.getLoopbackAddress(), "a browser");

  /** What a client holds, and may use. */
  private final List<String> secrets = new ArrayList<>();

  private String secret(String secret) {
    secrets.add(secret);
    return secret;
  }

  private Password password(String text) {
    return Password.of(secret(text));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Databases.class)
  @DisplayName("ST-3 A copy of all tables holds nothing that a client could present")
  void holdsNoSecret(Databases database) throws SQLException {
    DataSource dataSource = database.emptied();
    JdbcStores stores = JdbcStores.of(dataSource);
    Passwords passwords =
        Passwords.builder(AuthEnvironment.standard(), stores.accounts())
            .hasher(CheapHasher.create())
            .throttle(
                Throttle.builder(AuthEnvironment.standard().withCounts(stores.counts())).build())
            .build();
    Accounts accounts =
        Accounts.builder(stores.accounts(), passwords).tokens(stores.tokens()).build();
    assertThat(accounts.register("alice", password("the first of her secrets")))
        .isInstanceOf(AccountResult.Done.class);
    assertThat(accounts.verify("alice", password("a guess that is wrong"), CLIENT))
        .isNotInstanceOf(PasswordResult.Verified.class);

    PasswordReset reset =
        PasswordReset.of(
            accounts, stores.tokens(), (user, code, expiresAt) -> secret(code.reveal()));
    reset.request("alice", CLIENT);
    reset.redeem(
        secrets.get(secrets.size() - 1),
        password("the second of her secrets"),
        new Client(InetAddress.getLoopbackAddress(), ""));
    reset.request("alice", CLIENT);

    PasswordResult.Verified login =
        (PasswordResult.Verified)
            accounts.verify("alice", Password.of("the second of her secrets"), CLIENT);
    session(stores, login);
    token(stores, login);
    family(stores, login);

    String dump = dump(dataSource);
    assertThat(secrets).hasSizeGreaterThan(9);
    assertThat(secrets).filteredOn(secret -> Secrets.contains(dump, secret)).isEmpty();
    assertThat(dump).contains("alice", "session", "family", "reset", "a label");
  }

  private void session(JdbcStores stores, PasswordResult.Verified login) {
    Sessions sessions = Sessions.of(Sallyport.of(stores.accounts(), stores.tokens()));
    SessionResult.Started started =
        (SessionResult.Started) sessions.start(login, TestRequest.get("/").build());
    secret(started.cookie().value());
    secret(started.csrfToken().reveal());
  }

  private void token(JdbcStores stores, PasswordResult.Verified login) {
    Tokens tokens = Tokens.of(Sallyport.of(stores.accounts(), stores.tokens()));
    TokenResult.Issued issued =
        (TokenResult.Issued) tokens.issue(login, NewToken.labelled("a label").scopes("read"));
    secret(issued.token().reveal());
  }

  private void family(JdbcStores stores, PasswordResult.Verified login) {
    SecureRandom random = new SecureRandom();
    SigningKey signing = SigningKey.generate(JwsAlgorithm.ES256, random);
    RefreshFamilies families =
        RefreshFamilies.of(
            Sallyport.of(stores.accounts(), stores.tokens()),
            JwtIssuer.of("https://issuer.test", "https://api.test", SigningKeySet.of(signing)),
            SigningKeySet.of(SigningKey.generate(JwsAlgorithm.HS256, random)));
    TokenPair first = ((JwtLoginResult.LoggedIn) families.start(login, CLIENT)).tokens();
    remember(first);
    remember(((RefreshResult.Refreshed) families.refresh(first.refreshToken().reveal())).tokens());
  }

  private void remember(TokenPair pair) {
    secret(pair.accessToken().reveal());
    secret(pair.refreshToken().reveal());
  }

  private static String dump(DataSource dataSource) throws SQLException {
    StringBuilder dump = new StringBuilder();
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      for (String table : List.of("users", "tokens", "throttle", "locks", "schema")) {
        try (ResultSet row = statement.executeQuery("SELECT * FROM sallyport_" + table)) {
          int columns = row.getMetaData().getColumnCount();
          while (row.next()) {
            for (int i = 1; i <= columns; i++) {
              dump.append(row.getString(i)).append('\n');
            }
          }
        }
      }
    }
    return dump.toString();
  }
}
