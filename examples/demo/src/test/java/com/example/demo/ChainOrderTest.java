package com.example.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.Authenticator;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.account.Accounts;
import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.password.Passwords;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.session.SessionResult;
import dev.sallyport.session.Sessions;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.testkit.CheapHasher;
import dev.sallyport.testkit.Secrets;
import dev.sallyport.testkit.TestRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Does what each cell of the page's tables says, and compares. */
class ChainOrderTest {
  private static final Path PAGE = Path.of("../../docs/chain-order.md");
  private static final String ALICES = "wonderland-1865";
  private static final String BOBS = "looking-glass-1871";

  private static final List<String> STATES = List.of("none", "good", "stale");
  private static final Map<String, Consumer<TestRequest>> HEADERS =
      Map.of(
          "none", request -> {},
          "good", request -> request.basic("bob", BOBS),
          "bad", request -> request.basic("bob", "wrong-password"));
  private static final Map<String, Consumer<TestRequest>> COLUMNS =
      Map.of(
          "GET", request -> {},
          "POST from nowhere", request -> {},
          "POST from own page", request -> request.header("Sec-Fetch-Site", "same-origin"),
          "POST from another site",
              request ->
                  request
                      .header("Sec-Fetch-Site", "cross-site")
                      .header("Origin", "https://other.example"));

  record Cell(String order, String cookie, String header, String column, String says) {
    @Override
    public String toString() {
      return "%s: cookie %s, header %s, %s".formatted(order, cookie, header, column);
    }
  }

  /** The cells of all tables, each below the heading that names its order. */
  static List<Cell> cells() throws Exception {
    List<Cell> cells = new ArrayList<>();
    String order = "";
    List<String> columns = List.of();
    for (String line : Files.readAllLines(PAGE)) {
      List<String> parts = Stream.of(line.split("\\|", -1)).map(String::strip).toList();
      if (line.startsWith("## `")) {
        order = line.substring(4, line.length() - 1);
      } else if (line.startsWith("| cookie |")) {
        columns = parts;
      } else if (line.startsWith("| ")) {
        for (int i = 3; i < parts.size() - 1; i++) {
          cells.add(new Cell(order, parts.get(1), parts.get(2), columns.get(i), parts.get(i)));
        }
      }
    }
    return cells;
  }

  @Test
  @DisplayName("CH-1 the page has a cell for everything that may come, for both orders")
  void complete() throws Exception {
    List<String> expected = new ArrayList<>();
    for (String order : new String[] {"session, basic", "basic, session"}) {
      for (String cookie : STATES) {
        for (String header : HEADERS.keySet()) {
          for (String column : COLUMNS.keySet()) {
            expected.add(new Cell(order, cookie, header, column, "").toString());
          }
        }
      }
    }
    assertThat(cells()).extracting(Cell::toString).containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cells")
  @DisplayName("CH-1 CH-2 CH-3 SE-5 BA-7 each cell of the page is true")
  void each(Cell cell) throws Exception {
    assertThat(does(cell)).isEqualTo(cell.says());
  }

  /** With users and sessions of its own, so that no wrong password counts for another cell. */
  private static String does(Cell cell) {
    AccountStore users = CredentialStore.inMemory();
    Passwords passwords =
        Passwords.builder(AuthEnvironment.standard(), users).hasher(CheapHasher.create()).build();
    Accounts accounts = Accounts.of(users, passwords);
    accounts.register("alice", Password.of(ALICES));
    accounts.register("bob", Password.of(BOBS));
    Sessions sessions = Sessions.of(Sallyport.of(users, TokenStore.inMemory()));
    Map<String, Authenticator> schemes =
        Map.of(
            "session",
            SessionAuthenticator.of(sessions),
            "basic",
            BasicAuthenticator.of(passwords));
    Authenticator[] members =
        Stream.of(cell.order().split(", ", -1)).map(schemes::get).toArray(Authenticator[]::new);
    Guard guard = Guard.of(AuthenticatorChain.of(members));

    TestRequest request = TestRequest.of(cell.column().split(" ", 2)[0], "/orders");
    HEADERS.get(cell.header()).accept(request);
    COLUMNS.get(cell.column()).accept(request);
    if (!cell.cookie().equals("none")) {
      String cookie = logIn(accounts, sessions);
      request.header("Cookie", cookie);
      if (cell.cookie().equals("stale")) {
        sessions.end(TestRequest.get("/").header("Cookie", cookie).build());
      }
    }
    return text(guard.check(request.build(), Permission.authenticated()));
  }

  private static String logIn(Accounts accounts, Sessions sessions) {
    AuthRequest request = TestRequest.post("/login").build();
    PasswordResult.Verified login =
        (PasswordResult.Verified) accounts.verify("alice", Password.of(ALICES), request.client());
    SessionResult.Started started = (SessionResult.Started) sessions.start(login, request);
    String line = started.cookie().header();
    String cookie = line.substring(0, line.indexOf(';'));
    Secrets.remember(cookie.substring(cookie.indexOf('=') + 1));
    return cookie;
  }

  private static String text(Decision decision) {
    if (decision instanceof Decision.Refuse refuse) {
      String body = refuse.response().body();
      return refuse.response().status() + " " + RunningDemo.field(body, "code");
    }
    Authenticated who = ((Decision.Proceed) decision).who().orElseThrow();
    return "200 " + who.principal().name();
  }
}
