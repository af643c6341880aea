package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.Fault;
import dev.sallyport.account.Accounts;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Problem;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordResult;
import java.util.ArrayList;
import java.util.List;

/** Checks the username and password in a body. */
record PasswordLogin(Accounts accounts, Guard guard) {
  /**
   * The proof, if both are right.
   *
   * @param others the faults of the other fields; if there are any, no password is checked
   */
  PasswordResult.Verified verify(AuthRequest request, JsonBody json, List<Fault> others)
      throws RefusedRequestException {
    List<Fault> faults = new ArrayList<>();
    String username = json.text("username", faults);
    String password = json.text("password", faults);
    faults.addAll(others);
    if (username == null || password == null || !faults.isEmpty()) {
      throw JsonBody.invalid(faults);
    }
    PasswordResult verdict = accounts.verify(username, Password.of(password), request.client());
    if (verdict instanceof PasswordResult.Refused refused) {
      throw new RefusedRequestException(guard.refuseLogin(request, refused.rejected("login")));
    }
    return (PasswordResult.Verified) verdict;
  }

  static RefusedRequestException tooManySessions() {
    return new RefusedRequestException(
        Problem.of(
            409, "too_many_sessions", "The user has reached the maximum number of sessions."));
  }
}
