package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.token.Tokens;
import java.io.InputStream;
import java.util.List;

/** Revokes one of the caller's opaque tokens, by the public id at the end of the path. */
final class TokenEndpoint implements Endpoint {
  private final Tokens tokens;
  private final Caller caller;
  private final TokenCookies cookies;

  TokenEndpoint(Tokens tokens, Caller caller, TokenCookies cookies) {
    this.tokens = tokens;
    this.caller = caller;
    this.cookies = cookies;
  }

  @Override
  public AuthResponse answer(AuthRequest request, InputStream body) throws RefusedRequestException {
    Authenticated who = caller.manager(request);
    String id = Routes.id(request);
    if (!tokens.revoke(who.principal().id(), id)) {
      throw Routes.notFound();
    }
    AuthResponse answer = new AuthResponse(204, List.of(), "");
    boolean own = who.credentialId().filter(id::equals).isPresent();
    return own ? cookies.forgotten(answer, who) : answer;
  }
}
