package dev.sallyport.demo;

import com.sun.net.httpserver.HttpExchange;
import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.account.PasswordReset;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Entrance;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Problem;
import dev.sallyport.http.HttpServerAdapter;
import dev.sallyport.http.JsonBody;
import dev.sallyport.http.RefusedRequestException;
import dev.sallyport.password.Password;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Asks for a code that resets a password, and redeems it. The code goes to the console. */
record Resets(PasswordReset reset, HttpServerAdapter adapter, Entrance entrance) {
  private static final AuthResponse DONE = new AuthResponse(204, List.of(), "");

  void request(HttpExchange exchange, Optional<Authenticated> who)
      throws IOException, RefusedRequestException {
    AuthRequest request = checked(exchange);
    JsonBody body = JsonBody.read(request, exchange.getRequestBody());
    PasswordReset.Request asked = reset.request(body.text("username"), request.client());
    HttpServerAdapter.send(
        exchange,
        asked instanceof PasswordReset.Request.Throttled throttled
            ? Problem.of(429, "throttled", "Too many codes were requested.")
                .withRetryAfter(throttled.retryAfter())
                .toResponse()
            : DONE);
  }

  void redeem(HttpExchange exchange, Optional<Authenticated> who)
      throws IOException, RefusedRequestException {
    AuthRequest request = checked(exchange);
    JsonBody body = JsonBody.read(request, exchange.getRequestBody());
    PasswordReset.Redemption redemption =
        reset.redeem(body.text("code"), Password.of(body.text("new_password")), request.client());
    HttpServerAdapter.send(exchange, answer(redemption));
  }

  private static AuthResponse answer(PasswordReset.Redemption redemption) {
    if (redemption instanceof PasswordReset.Redemption.Changed) {
      return DONE;
    }
    if (redemption instanceof PasswordReset.Redemption.Busy busy) {
      return Guard.unavailable(busy.retryAfter());
    }
    if (redemption instanceof PasswordReset.Redemption.Invalid invalid) {
      return Problem.of(400, "invalid_request", "The new password can't be taken.")
          .withFaults(invalid.faults())
          .toResponse();
    }
    if (redemption instanceof PasswordReset.Redemption.UnknownCode) {
      return Problem.of(400, "unknown_code", "The code is unknown, used or expired.").toResponse();
    }
    throw new IllegalStateException("There is no response for " + redemption.getClass());
  }

  private AuthRequest checked(HttpExchange exchange) throws RefusedRequestException {
    AuthRequest request = adapter.authRequest(exchange);
    if (entrance.check(request, "password_reset") instanceof Decision.Refuse refuse) {
      throw new RefusedRequestException(refuse.response());
    }
    return request;
  }
}
