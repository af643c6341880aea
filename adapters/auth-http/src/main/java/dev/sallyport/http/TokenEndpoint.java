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

  TokenEndpoint(Tokens tokens, Caller caller) {
    this.tokens = tokens;
    this.caller = caller;
  }

  @Override
  public AuthResponse answer(AuthRequest request, InputStream body) throws RefusedRequestException {
    Authenticated who = caller.manager(request);
    if (!tokens.revoke(who.principal().id(), Routes.id(request))) {
      throw Routes.notFound();
    }
    return new AuthResponse(204, List.of(), "");
  }
}
