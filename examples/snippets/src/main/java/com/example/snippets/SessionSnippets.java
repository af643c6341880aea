package com.example.snippets;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.TrustedProxies;
import dev.sallyport.account.Accounts;
import dev.sallyport.account.PasswordChange;
import dev.sallyport.account.PasswordReset;
import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.guard.Guard;
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

  /** Logs in; the cookie to send. */
  public static Optional<String> logIn(
      Accounts accounts,
      Sessions sessions,
      AuthRequest request,
      String username,
      Password password) {
    PasswordVerdict verdict = accounts.verify(username, password, request.client());
    if (verdict instanceof PasswordVerdict.Verified login
        && sessions.start(login, request) instanceof SessionStart.Started started) {
      return Optional.of(started.cookie().header());
    }
    return Optional.empty();
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

  /** Asks for a code and redeems it. */
  public static PasswordReset.Redemption reset(
      PasswordReset reset, AuthRequest request, String username, String code, Password next) {
    reset.request(username, request.client());
    PasswordReset.Redemption redemption = reset.redeem(code, next);
    return redemption;
  }
}
