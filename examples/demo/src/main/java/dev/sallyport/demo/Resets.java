package dev.sallyport.demo;

import com.sun.net.httpserver.HttpExchange;
import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.Rejected;
import dev.sallyport.account.AccountResult;
import dev.sallyport.account.PasswordReset;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Problem;
import dev.sallyport.http.HttpServerAdapter;
import dev.sallyport.http.JsonBody;
import dev.sallyport.http.RefusedRequestException;
import dev.sallyport.password.Password;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Requests a code that resets a password, and redeems it. The code goes to the console. */
record Resets(PasswordReset reset, HttpServerAdapter adapter, Guard guard) {
  private static final AuthResponse DONE = new AuthResponse(204, List.of(), "");

  void request(HttpExchange exchange, Optional<Authenticated> who)
      throws IOException, RefusedRequestException {
    AuthRequest request = checked(exchange);
    JsonBody body = JsonBody.read(request, exchange.getRequestBody());
    Optional<Rejected> refused = reset.request(body.text("username"), request.client());
    HttpServerAdapter.send(
        exchange, refused.map(rejected -> guard.refuse(request, rejected)).orElse(DONE));
  }

  void redeem(HttpExchange exchange, Optional<Authenticated> who)
      throws IOException, RefusedRequestException {
    AuthRequest request = checked(exchange);
    JsonBody body = JsonBody.read(request, exchange.getRequestBody());
    AccountResult result =
        reset.redeem(body.text("code"), Password.of(body.text("new_password")), request.client());
    HttpServerAdapter.send(exchange, answer(result, request));
  }

  private AuthResponse answer(AccountResult result, AuthRequest request) {
    if (result instanceof AccountResult.Invalid invalid) {
      return Problem.of(400, "invalid_request", "The new password can't be accepted.")
          .withFaults(invalid.faults())
          .toResponse();
    }
    return result instanceof AccountResult.Refused refused
        ? guard.refuse(request, refused.rejected())
        : DONE;
  }

  private AuthRequest checked(HttpExchange exchange) throws RefusedRequestException {
    AuthRequest request = adapter.authRequest(exchange);
    if (guard.checkBody(request, "password_reset") instanceof Decision.Refuse refuse) {
      throw new RefusedRequestException(refuse.response());
    }
    return request;
  }
}
