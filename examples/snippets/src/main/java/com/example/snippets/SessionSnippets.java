package com.example.snippets;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.OriginPolicy;
import dev.sallyport.TransportSecurity;
import dev.sallyport.TrustedProxies;
import dev.sallyport.account.Accounts;
import dev.sallyport.account.PasswordChange;
import dev.sallyport.account.PasswordReset;
import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Entrance;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Problem;
import dev.sallyport.http.HttpServerAdapter;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordVerdict;
import dev.sallyport.password.Passwords;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.session.SessionStart;
import dev.sallyport.session.Sessions;
import dev.sallyport.session.Timeouts;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** docs/sessions.md and docs/accounts.md. */
public final class SessionSnippets {
  private SessionSnippets() {}

  /** Makes a chain with sessions. */
  public static AuthenticatorChain chain(AccountStore users, Passwords passwords) {
    TokenStore tokens = TokenStore.inMemory();
    Sessions sessions = Sessions.of(tokens, users);
    AuthenticatorChain chain =
        AuthenticatorChain.of(BasicAuthenticator.of(passwords), SessionAuthenticator.of(sessions));
    return chain;
  }

  /** Stands before a login. */
  public static Entrance entrance(Guard guard) {
    Entrance entrance = Entrance.of(guard, TransportSecurity.REQUIRED, OriginPolicy.ownOnly());
    return entrance;
  }

  /** Logs in. */
  public static AuthResponse logIn(
      Guard guard,
      Entrance entrance,
      Accounts accounts,
      Sessions sessions,
      AuthRequest request,
      String username,
      Password password) {
    if (entrance.check(request, "login") instanceof Decision.Refuse refuse) {
      return refuse.response();
    }
    PasswordVerdict verdict = accounts.verify(username, password, request.client());
    if (verdict instanceof PasswordVerdict.Refused refused) {
      return guard.refuseLogin(request, refused.rejected("login"));
    }
    SessionStart start = sessions.start((PasswordVerdict.Verified) verdict, request);
    if (start instanceof SessionStart.Started started) {
      return new AuthResponse(204, List.of(AuthResponse.Header.NO_STORE), "")
          .withHeader("Set-Cookie", started.cookie().header());
    }
    return Problem.of(409, "too_many_sessions", "Log out elsewhere first.").toResponse();
  }

  /** Sessions that live shorter. */
  public static Sessions shortLived(TokenStore tokens, AccountStore users) {
    Sessions sessions =
        Sessions.builder(tokens, users)
            .timeouts(new Timeouts(Duration.ofMinutes(10), Duration.ofHours(2)))
            .limit(new TokenLimit(5, TokenLimit.WhenFull.REMOVE_OLDEST))
            .build();
    return sessions;
  }

  /** Accounts that know where sessions are. */
  public static Accounts accounts(AccountStore users, Passwords passwords, TokenStore tokens) {
    Accounts accounts = Accounts.builder(users, passwords).tokens(tokens).build();
    return accounts;
  }

  /** Lists a user's sessions and ends them all. */
  public static void devices(Accounts accounts, String userId) {
    for (TokenRecord device : accounts.devices().orElseThrow().list(userId)) {
      System.out.println(device.client() + ", last seen " + device.lastSeenAt());
    }
    accounts.logOutEverywhere(userId, null);
  }

  /** Changes a password and keeps the session. */
  public static Optional<String> changePassword(
      Accounts accounts,
      Sessions sessions,
      AuthRequest request,
      Authenticated who,
      Password current,
      Password next) {
    PasswordChange change =
        accounts.changePassword(
            who.principal().id(), current, next, request.client(), who.credentialId().orElse(null));
    if (change instanceof PasswordChange.Changed changed) {
      return sessions.renew(request, who, changed.user()).map(s -> s.cookie().header());
    }
    return Optional.empty();
  }

  /** Keeps something in a session. */
  public static boolean dark(Sessions sessions, AuthRequest request) {
    return sessions.updateAttributes(
        request,
        attributes -> {
          attributes.put("theme", "dark");
          return attributes;
        });
  }

  /** Stands behind a proxy. */
  public static HttpServerAdapter behindProxy(Guard guard) {
    HttpServerAdapter adapter =
        HttpServerAdapter.of(guard).behind(TrustedProxies.of(List.of("10.0.0.0/8")));
    return adapter;
  }

  /** Resets a password. */
  public static PasswordReset resets(Accounts accounts, TokenStore tokens, Queue<String> outbox) {
    PasswordReset reset =
        PasswordReset.of(accounts, tokens, (user, code, expiresAt) -> outbox.add(code));
    return reset;
  }

  /** Asks for a code. */
  public static AuthResponse askForCode(
      Entrance entrance, PasswordReset reset, AuthRequest request, String username) {
    if (entrance.check(request, "password_reset") instanceof Decision.Refuse refuse) {
      return refuse.response();
    }
    if (reset.request(username, request.client())
        instanceof PasswordReset.Request.Throttled throttled) {
      return Problem.of(429, "throttled", "Too many requests for a code.")
          .withRetryAfter(throttled.retryAfter())
          .toResponse();
    }
    return new AuthResponse(204, List.of(), "");
  }

  /** Redeems a code. */
  public static PasswordReset.Redemption redeem(
      PasswordReset reset, String code, Password next, AuthRequest request) {
    PasswordReset.Redemption redemption = reset.redeem(code, next, request.client());
    return redemption;
  }
}
