package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.Fault;
import dev.sallyport.account.AccountChange;
import dev.sallyport.account.Accounts;
import dev.sallyport.guard.AuthResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Ends all of the caller's sessions and tokens; if asked to, all but the caller's session. */
final class LogoutAllEndpoint implements Endpoint {
  private final Accounts accounts;
  private final Caller caller;
  private final BrowserSessions sessions;
  private final TokenCookies tokens;
  private final JwtCookies jwts;

  LogoutAllEndpoint(
      Accounts accounts,
      Caller caller,
      BrowserSessions sessions,
      TokenCookies tokens,
      JwtCookies jwts) {
    this.accounts = accounts;
    this.caller = caller;
    this.sessions = sessions;
    this.tokens = tokens;
    this.jwts = jwts;
  }

  @Override
  public AuthResponse answer(AuthRequest request, InputStream body)
      throws IOException, RefusedRequestException {
    Authenticated who = caller.manager(request);
    List<Fault> faults = new ArrayList<>();
    boolean keep = JsonBody.readOptional(request, body).flag("keep_current", faults);
    if (!faults.isEmpty()) {
      throw JsonBody.invalid(faults);
    }
    AccountChange change =
        accounts.logOutEverywhere(who.principal().id(), keep ? sessions.id(who) : null);
    AuthResponse answer = tokens.forgotten(new AuthResponse(204, List.of(), ""), who);
    answer = jwts.forgotten(answer, who);
    return keep && change instanceof AccountChange.Done done
        ? sessions.renewed(answer, request, who, done.user())
        : sessions.forgotten(answer, request, who);
  }
}
