package dev.sallyport.site;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.Rejected;
import dev.sallyport.account.AccountResult;
import dev.sallyport.account.PasswordReset;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Problem;
import dev.sallyport.http.JsonBody;
import dev.sallyport.http.RefusedRequestException;
import dev.sallyport.password.Password;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Requests a code that resets a password, and redeems it. The code goes to the console. */
record Resets(PasswordReset reset, Guard guard) {
  private static final AuthResponse DONE = new AuthResponse(204, List.of(), "");

  AuthResponse request(AuthRequest request, Optional<Authenticated> who, InputStream in)
      throws IOException, RefusedRequestException {
    JsonBody body = read(request, in);
    Optional<Rejected> refused = reset.request(body.text("username"), request.client());
    return refused.map(rejected -> guard.refuse(request, rejected)).orElse(DONE);
  }

  AuthResponse redeem(AuthRequest request, Optional<Authenticated> who, InputStream in)
      throws IOException, RefusedRequestException {
    JsonBody body = read(request, in);
    AccountResult result =
        reset.redeem(body.text("code"), Password.of(body.text("new_password")), request.client());
    if (result instanceof AccountResult.Invalid invalid) {
      return Problem.of(400, "invalid_request", "The new password can't be accepted.")
          .withFaults(invalid.faults())
          .toResponse();
    }
    return result instanceof AccountResult.Refused refused
        ? guard.refuse(request, refused.rejected())
        : DONE;
  }

  private JsonBody read(AuthRequest request, InputStream in)
      throws IOException, RefusedRequestException {
    if (guard.checkBody(request, "password_reset") instanceof Decision.Refuse refuse) {
      throw new RefusedRequestException(refuse.response());
    }
    return JsonBody.read(request, in);
  }
}
