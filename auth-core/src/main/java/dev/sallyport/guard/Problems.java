package dev.sallyport.guard;

import dev.sallyport.Challenge;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import java.util.List;
import java.util.Map;

/** The problem of each refusal: its status, and what people are told. */
final class Problems {
  private Problems() {}

  /** What is answered to a rejected request. */
  static Problem of(Rejected rejected, List<Challenge> challenges) {
    Problem problem = withoutHeaders(rejected, challenges);
    for (Map.Entry<String, String> header : rejected.headers().entrySet()) {
      problem = problem.withHeader(header.getKey(), header.getValue());
    }
    return problem;
  }

  private static Problem withoutHeaders(Rejected rejected, List<Challenge> challenges) {
    Refusal refusal = rejected.reason().refusal();
    return switch (refusal) {
      case MALFORMED_REQUEST ->
          Problem.of(400, refusal.code(), "The request contradicts itself about its host.");
      case MALFORMED_CREDENTIALS ->
          unauthorized(refusal.code(), "The credentials are malformed.", challenges);
      case INVALID_CREDENTIALS ->
          unauthorized(refusal.code(), "The credentials are wrong.", challenges);
      case INVALID_TOKEN -> unauthorized(refusal.code(), "The token is not valid.", challenges);
      case CSRF -> Problem.of(403, refusal.code(), "The request may come from another site.");
      case INSECURE_TRANSPORT ->
          Problem.of(403, refusal.code(), "Credentials are accepted over HTTPS only.");
      case THROTTLED ->
          Problem.of(429, refusal.code(), "Too many failed attempts.")
              .withRetryAfter(rejected.retryAfter().orElse(null));
      case USERNAME_TAKEN -> Problem.of(409, refusal.code(), "This username is taken.");
      case UNKNOWN_USER -> Problem.of(404, refusal.code(), "There is no such user.");
      case ACCOUNT_CHANGED ->
          Problem.of(409, refusal.code(), "The account was changed by another request; try again.");
      case WRONG_PASSWORD -> Problem.of(403, refusal.code(), "The current password is wrong.");
      case UNKNOWN_CODE -> Problem.of(400, refusal.code(), "The code is unknown, used or expired.");
      case BUSY -> Problem.unavailable(rejected.retryAfter().orElse(null));
    };
  }

  /** 401, or 403 where there is no challenge, since a 401 must have one (RFC 9110 §15.5.2). */
  static Problem unauthorized(String code, String detail, List<Challenge> challenges) {
    return Problem.of(challenges.isEmpty() ? 403 : 401, code, detail).withChallenges(challenges);
  }
}
