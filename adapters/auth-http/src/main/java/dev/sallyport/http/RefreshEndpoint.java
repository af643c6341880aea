package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.Reason;
import dev.sallyport.Rejected;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.jwt.RefreshFamilies;
import dev.sallyport.jwt.Refreshing;
import java.io.IOException;
import java.io.InputStream;

/** Exchanges a refresh token for the next pair. */
final class RefreshEndpoint implements Endpoint {
  private final RefreshFamilies families;
  private final Guard guard;
  private final RefreshEntrance entrance;

  RefreshEndpoint(RefreshFamilies families, Guard guard, RefreshEntrance entrance) {
    this.families = families;
    this.guard = guard;
    this.entrance = entrance;
  }

  @Override
  public AuthResponse answer(AuthRequest request, InputStream body)
      throws IOException, RefusedRequestException {
    if (entrance.check(request, "refresh") instanceof Decision.Refuse refuse) {
      return refuse.response();
    }
    Refreshing result = entrance.refresh(request, body);
    return result instanceof Refreshing.Refreshed refreshed
        ? TokenPairs.answer(refreshed.tokens())
        : refused(request, ((Refreshing.Refused) result).reason());
  }

  private AuthResponse refused(AuthRequest request, Reason reason) {
    Rejected rejected = Rejected.of("refresh", reason);
    guard.chain().report(rejected, request);
    AuthResponse answer = guard.refuseLogin(request, rejected);
    // A node that does not know a key yet is no reason to lose the login.
    return reason.name().equals(RefreshFamilies.UNKNOWN_KEY)
        ? answer
        : JwtCookies.with(answer, families.forget());
  }
}
