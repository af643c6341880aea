package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.account.Devices;
import dev.sallyport.guard.AuthResponse;
import java.io.InputStream;
import java.util.List;

/** Ends one of the caller's sessions, by the public id at the end of the path. */
final class SessionEndpoint implements Endpoint {
  private final Devices devices;
  private final Caller caller;
  private final BrowserSessions sessions;
  private final JwtCookies jwts;

  SessionEndpoint(Devices devices, Caller caller, BrowserSessions sessions, JwtCookies jwts) {
    this.devices = devices;
    this.caller = caller;
    this.sessions = sessions;
    this.jwts = jwts;
  }

  @Override
  public AuthResponse answer(AuthRequest request, InputStream body) throws RefusedRequestException {
    Authenticated who = caller.manager(request);
    String id = Routes.id(request);
    if (!devices.end(who.principal().id(), id)) {
      throw Routes.notFound();
    }
    AuthResponse answer = new AuthResponse(204, List.of(), "");
    return who.credentialId().filter(id::equals).isPresent()
        ? jwts.forgotten(sessions.forgotten(answer, request, who), who)
        : answer;
  }
}
