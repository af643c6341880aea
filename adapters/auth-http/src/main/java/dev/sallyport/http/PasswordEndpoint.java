package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.Fault;
import dev.sallyport.Refusal;
import dev.sallyport.account.Accounts;
import dev.sallyport.account.PasswordChange;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Problem;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordVerdict;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives the caller a new password, and their session a new id. */
final class PasswordEndpoint implements Endpoint {
  private final Accounts accounts;
  private final Guard guard;
  private final BrowserSessions sessions;
  private final TokenCookies tokens;
  private final JwtCookies jwts;

  PasswordEndpoint(
      Accounts accounts,
      Guard guard,
      BrowserSessions sessions,
      TokenCookies tokens,
      JwtCookies jwts) {
    this.accounts = accounts;
    this.guard = guard;
    this.sessions = sessions;
    this.tokens = tokens;
    this.jwts = jwts;
  }

  @Override
  public AuthResponse answer(AuthRequest request, InputStream body)
      throws IOException, RefusedRequestException {
    Authenticated who = new Caller(guard).manager(request);
    JsonBody json = JsonBody.read(request, body);
    List<Fault> faults = new ArrayList<>();
    String current = json.text("current_password", faults);
    String next = json.text("new_password", faults);
    if (current == null || next == null) {
      throw JsonBody.invalid(withThoseOf(next, faults, who));
    }
    PasswordChange change =
        accounts.changePassword(
            who.principal().id(),
            Password.of(current),
            Password.of(next),
            request.client(),
            sessions.id(who));
    if (change instanceof PasswordChange.Changed changed) {
      AuthResponse answer = new AuthResponse(204, List.of(), "");
      answer = sessions.renewed(answer, request, who, changed.user());
      return jwts.forgotten(tokens.forgotten(answer, who), who);
    }
    if (change instanceof PasswordChange.Invalid invalid) {
      throw JsonBody.invalid(invalid.faults());
    }
    if (change instanceof PasswordChange.Busy busy) {
      return Guard.unavailable(busy.retryAfter());
    }
    if (change instanceof PasswordChange.Refused refused) {
      return refuse(request, refused.verdict());
    }
    if (change instanceof PasswordChange.Superseded) {
      throw new RefusedRequestException(
          Problem.of(
              409, "account_changed", "The account was changed by another request; try again."));
    }
    throw new IllegalStateException("There is no response for " + change.getClass());
  }

  /** There is no current password: what is wrong with the new one is told as well. */
  private List<Fault> withThoseOf(@Nullable String next, List<Fault> faults, Authenticated who) {
    List<Fault> all = new ArrayList<>(faults);
    if (next != null) {
      accounts.faults(who.principal().name(), Password.of(next)).stream()
          .filter(fault -> fault.field().equals("password"))
          .map(fault -> new Fault("new_password", fault.code(), fault.detail()))
          .forEach(all::add);
    }
    return all;
  }

  private AuthResponse refuse(AuthRequest request, PasswordVerdict.Refused verdict) {
    return verdict.reason().refusal() == Refusal.INVALID_CREDENTIALS
        ? wrongPassword()
        : guard.refuse(request, verdict.rejected("login"));
  }

  private static AuthResponse wrongPassword() {
    return Problem.of(403, "wrong_password", "The current password is wrong.").toResponse();
  }
}
