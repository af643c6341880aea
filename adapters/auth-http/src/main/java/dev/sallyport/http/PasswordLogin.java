package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.Fault;
import dev.sallyport.account.Accounts;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Problem;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordVerdict;
import java.util.ArrayList;
import java.util.List;

/** Finds out whose username and password a body holds. */
record PasswordLogin(Accounts accounts, Guard guard) {
  /**
   * The proof, if they are right.
   *
   * @param others what is wrong with the other fields; then no password is checked
   */
  PasswordVerdict.Verified verify(AuthRequest request, JsonBody json, List<Fault> others)
      throws RefusedRequestException {
    List<Fault> faults = new ArrayList<>();
    String username = json.text("username", faults);
    String password = json.text("password", faults);
    faults.addAll(others);
    if (username == null || password == null || !faults.isEmpty()) {
      throw JsonBody.invalid(faults);
    }
    PasswordVerdict verdict = accounts.verify(username, Password.of(password), request.client());
    if (verdict instanceof PasswordVerdict.Refused refused) {
      throw new RefusedRequestException(guard.refuseLogin(request, refused.rejected("login")));
    }
    return (PasswordVerdict.Verified) verdict;
  }

  static RefusedRequestException tooManySessions() {
    return new RefusedRequestException(
        Problem.of(
            409, "too_many_sessions", "The user has reached the maximum number of sessions."));
  }
}
