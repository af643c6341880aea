package com.example.snippets;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Rejected;
import dev.sallyport.TrustedProxies;
import dev.sallyport.account.AccountResult;
import dev.sallyport.account.Accounts;
import dev.sallyport.account.PasswordReset;
import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Problem;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.session.SessionLogin;
import dev.sallyport.session.SessionResult;
import dev.sallyport.session.Sessions;
import dev.sallyport.store.Lifetime;
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
  public static AuthenticatorChain chain(Sallyport auth) {
    Sessions sessions = Sessions.of(auth);
    AuthenticatorChain chain =
        auth.chain(BasicAuthenticator.of(auth), SessionAuthenticator.of(sessions));
    return chain;
  }

  /** Logs in by a form. */
  public static AuthResponse logIn(
      SessionLogin login, AuthRequest request, String username, String password) {
    SessionLogin.Result result = login.logIn(request, username, password, false);
    if (result instanceof SessionLogin.Refused refused) {
      return refused.response();
    }
    SessionResult.Started session = ((SessionLogin.LoggedIn) result).session();
    return new AuthResponse(204, List.of(AuthResponse.Header.NO_STORE), "")
        .withHeader("Set-Cookie", session.cookie().header());
  }

  /** Logs in step by step. */
  public static AuthResponse logInStepByStep(
      Guard guard,
      Accounts accounts,
      Sessions sessions,
      AuthRequest request,
      String username,
      Password password) {
    if (guard.checkBody(request, "login") instanceof Decision.Refuse refuse) {
      return refuse.response();
    }
    PasswordResult verdict = accounts.verify(username, password, request.client());
    if (verdict instanceof PasswordResult.Refused refused) {
      return guard.refuseLogin(request, refused.rejected("login"));
    }
    SessionResult start = sessions.start((PasswordResult.Verified) verdict, request);
    if (start instanceof SessionResult.Started started) {
      return new AuthResponse(204, List.of(AuthResponse.Header.NO_STORE), "")
          .withHeader("Set-Cookie", started.cookie().header());
    }
    return Problem.of(409, "too_many_sessions", "Log out elsewhere first.").toResponse();
  }

  /** Sessions that live shorter. */
  public static Sessions shortLived(Sallyport auth) {
    Sessions sessions =
        Sessions.builder(auth)
            .lifetime(Lifetime.sliding(Duration.ofMinutes(10), Duration.ofHours(2)))
            .limit(new TokenLimit(5, TokenLimit.WhenFull.REMOVE_OLDEST))
            .build();
    return sessions;
  }

  /** Signs a user up. */
  public static AuthResponse signUp(
      Guard guard, Accounts accounts, AuthRequest request, String username, Password password) {
    AccountResult result = accounts.register(username, password, request.client());
    if (result instanceof AccountResult.Invalid invalid) {
      return Problem.of(400, "invalid_request", "The account can't be created.")
          .withFaults(invalid.faults())
          .toResponse();
    }
    if (result instanceof AccountResult.Refused refused) {
      return guard.refuse(request, refused.rejected());
    }
    return new AuthResponse(201, List.of(AuthResponse.Header.NO_STORE), "");
  }

  /** Lists a user's sessions and ends them all. */
  public static void devices(Accounts accounts, String userId) {
    for (TokenRecord device : accounts.activeLogins().orElseThrow().list(userId)) {
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
    AccountResult change =
        accounts.changePassword(
            who.principal().id(), current, next, request.client(), who.credentialId().orElse(null));
    if (change instanceof AccountResult.Done changed) {
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
  public static AuthEnvironment behindProxy() {
    AuthEnvironment environment =
        AuthEnvironment.standard().withProxies(TrustedProxies.of(List.of("10.0.0.0/8")));
    return environment;
  }

  /** Resets a password. */
  public static PasswordReset resets(Accounts accounts, TokenStore tokens, Queue<String> outbox) {
    PasswordReset reset =
        PasswordReset.of(accounts, tokens, (user, code, expiresAt) -> outbox.add(code.reveal()));
    return reset;
  }

  /** Asks for a code. */
  public static AuthResponse askForCode(
      Guard guard, PasswordReset reset, AuthRequest request, String username) {
    if (guard.checkBody(request, "password_reset") instanceof Decision.Refuse refuse) {
      return refuse.response();
    }
    Optional<Rejected> refused = reset.request(username, request.client());
    if (refused.isPresent()) {
      return guard.refuse(request, refused.get());
    }
    return new AuthResponse(204, List.of(), "");
  }

  /** Redeems a code. */
  public static AccountResult redeem(
      PasswordReset reset, String code, Password next, AuthRequest request) {
    AccountResult result = reset.redeem(code, next, request.client());
    return result;
  }
}
