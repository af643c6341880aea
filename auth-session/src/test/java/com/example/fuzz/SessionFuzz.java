package com.example.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.NotAttempted;
import dev.sallyport.Rejected;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.session.SessionResult;
import dev.sallyport.session.Sessions;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One live session. The input is a Cookie line, the value of the session's cookie, and what stands
 * around the good cookie. A second reading of the line, by splitting it, says what must come out.
 */
public final class SessionFuzz {
  private static final String NAME = "__Host-session";
  private static final User ALICE = User.builder("1", "alice").build();
  private static final AccountStore USERS = users();
  private static final Sessions SESSIONS =
      Sessions.builder(
              Sallyport.of(
                  AuthEnvironment.standard().withListener(event -> {}),
                  USERS,
                  TokenStore.inMemory()))
          .build();
  private static final SessionAuthenticator AUTHENTICATOR = SessionAuthenticator.of(SESSIONS);

  /** Begun anew when its time is over. */
  private static SessionResult.Started session = start();

  private SessionFuzz() {}

  private static AccountStore users() {
    AccountStore users = CredentialStore.inMemory();
    users.insert(ALICE);
    return users;
  }

  private static SessionResult.Started start() {
    AuthRequest login = request("POST", List.of()).build();
    return (SessionResult.Started) SESSIONS.start(ALICE, Instant.now(), login, true);
  }

  private static AuthRequest.Builder request(String method, List<String> lines) {
    AuthRequest.Builder request =
        AuthRequest.builder(method, "/", null, InetAddress.getLoopbackAddress(), true);
    lines.forEach(line -> request.header("Cookie", line));
    return request;
  }

  /** Six requests. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (!isGood(List.of(NAME + "=" + session.cookie().value()))) {
      session = start();
    }
    String text = new String(input, StandardCharsets.UTF_8);
    String good = NAME + "=" + session.cookie().value();
    check(List.of(text));
    check(List.of(NAME + "=" + text));
    check(List.of(text + good));
    check(List.of(good + text));
    check(List.of(good, text));
    csrf(text, good);
  }

  private static boolean isGood(List<String> lines) {
    return AUTHENTICATOR.authenticate(request("GET", lines).build()) instanceof Authenticated;
  }

  private static void check(List<String> lines) {
    List<String> values = new ArrayList<>();
    lines.forEach(line -> values.addAll(values(line)));
    AuthResult result = AUTHENTICATOR.authenticate(request("GET", lines).build());
    if (values.equals(List.of(session.cookie().value()))) {
      assertThat(result).isInstanceOf(Authenticated.class);
    } else if (values.isEmpty()) {
      assertThat(result).isSameAs(NotAttempted.NO_CREDENTIALS);
    } else if (values.size() > 1) {
      assertThat(result).hasToString("NotAttempted[several_cookies]");
    } else {
      boolean formed = values.get(0).matches("[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]");
      assertThat(result)
          .hasToString(
              formed ? "NotAttempted[unknown_or_expired]" : "NotAttempted[malformed_cookie]");
    }
  }

  /** Parts between semicolons, which begin with the name and an equals sign. */
  private static List<String> values(String line) {
    return Arrays.stream(line.split(";", -1))
        .filter(part -> part.indexOf('=') >= 0)
        .filter(part -> trim(part.substring(0, part.indexOf('='))).equals(NAME))
        .map(part -> trim(part.substring(part.indexOf('=') + 1)))
        .toList();
  }

  private static String trim(String text) {
    return text.replaceAll("\\A[ \t]+|[ \t]+\\z", "");
  }

  /** Whatever else is sent, an unsafe request passes by its own Origin or by the token only. */
  private static void csrf(String text, String cookie) {
    AuthResult byToken =
        AUTHENTICATOR.authenticate(
            request("POST", List.of(cookie)).header("X-CSRF-Token", text).build());
    assertThat(byToken instanceof Authenticated)
        .isEqualTo(text.equals(session.csrfToken().reveal()));
    AuthResult byOrigin =
        AUTHENTICATOR.authenticate(
            request("POST", List.of(cookie))
                .header("Host", "api.example")
                .header("Origin", text)
                .build());
    assertThat(byOrigin)
        .isInstanceOf(text.equals("https://api.example") ? Authenticated.class : Rejected.class);
  }
}
