package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.jwt.RefreshFamilies;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Ends the family of a refresh token; who has none to end is told the same (RFC 7009). */
final class RevokeEndpoint implements Endpoint {
  private final RefreshFamilies families;
  private final RefreshEntrance entrance;

  RevokeEndpoint(RefreshFamilies families, RefreshEntrance entrance) {
    this.families = families;
    this.entrance = entrance;
  }

  @Override
  public AuthResponse answer(AuthRequest request, InputStream body)
      throws IOException, RefusedRequestException {
    if (entrance.check(request, "revoke") instanceof Decision.Refuse refuse) {
      return refuse.response();
    }
    entrance.tokens(request, body).forEach(families::revoke);
    return JwtCookies.with(new AuthResponse(204, List.of(), ""), families.forget());
  }
}
