package com.example.springboot;

import dev.sallyport.AuthRequest;
import dev.sallyport.Rejected;
import dev.sallyport.account.AccountResult;
import dev.sallyport.account.PasswordReset;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Problem;
import dev.sallyport.http.JsonBody;
import dev.sallyport.http.RefusedRequestException;
import dev.sallyport.password.Password;
import jakarta.annotation.security.PermitAll;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Requests a code that resets a password, and redeems it. */
@RestController
@RequestMapping("/api/reset")
@ResponseStatus(HttpStatus.NO_CONTENT)
@PermitAll
final class ResetController {
  private final PasswordReset reset;
  private final Guard guard;

  ResetController(PasswordReset reset, Guard guard) {
    this.reset = reset;
    this.guard = guard;
  }

  /** Comes before the body is read. */
  @ModelAttribute
  void refuseOtherSites(AuthRequest request) throws RefusedRequestException {
    if (guard.checkBody(request, "password_reset") instanceof Decision.Refuse refuse) {
      throw new RefusedRequestException(refuse.response());
    }
  }

  @PostMapping("/request")
  void request(AuthRequest request, JsonBody body) throws RefusedRequestException {
    Optional<Rejected> refused = reset.request(body.text("username"), request.client());
    if (refused.isPresent()) {
      throw new RefusedRequestException(guard.refuse(request, refused.get()));
    }
  }

  @PostMapping("/redeem")
  void redeem(AuthRequest request, JsonBody body) throws RefusedRequestException {
    AccountResult result =
        reset.redeem(body.text("code"), Password.of(body.text("new_password")), request.client());
    if (result instanceof AccountResult.Invalid invalid) {
      throw new RefusedRequestException(
          Problem.of(400, "invalid_request", "The new password can't be accepted.")
              .withFaults(invalid.faults()));
    }
    if (result instanceof AccountResult.Refused refused) {
      throw new RefusedRequestException(guard.refuse(request, refused.rejected()));
    }
  }
}
