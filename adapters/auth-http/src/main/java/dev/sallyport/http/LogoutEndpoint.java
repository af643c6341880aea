package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticator;
import dev.sallyport.Logout;
import dev.sallyport.SetCookie;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Guard;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Ends whatever the request presents: every scheme of the chain is asked by itself, and only when
 * none refuses is anything ended.
 */
final class LogoutEndpoint implements Endpoint {
  private final Guard guard;

  LogoutEndpoint(Guard guard) {
    this.guard = guard;
  }

  @Override
  public AuthResponse answer(AuthRequest request, InputStream body) {
    try {
      return logOut(request);
    } catch (StoreUnavailableException e) {
      guard.chain().reportOutage("logout", e);
      throw e;
    }
  }

  private AuthResponse logOut(AuthRequest request) {
    List<Logout> plans = new ArrayList<>();
    for (Authenticator member : guard.chain().members()) {
      Logout plan = member.planLogout(request);
      if (plan.refusal().isPresent()) {
        guard.chain().report(plan.refusal().get(), request);
        return guard.refuse(request, plan.refusal().get());
      }
      plans.add(plan);
    }
    AuthResponse answer = new AuthResponse(204, List.of(), "");
    for (Logout plan : plans) {
      plan.carryOut();
      for (SetCookie cookie : plan.cookies()) {
        answer = BrowserSessions.with(answer, cookie);
      }
    }
    return answer;
  }
}
