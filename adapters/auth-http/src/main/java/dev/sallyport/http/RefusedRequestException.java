package dev.sallyport.http;

import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Problem;

/**
 * A request can't be taken as it is; the response says why. Its message is the status only, since
 * anything else might quote the request.
 */
public final class RefusedRequestException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient AuthResponse response;

  /**
   * Refuses a request.
   *
   * @param problem what to answer
   */
  public RefusedRequestException(Problem problem) {
    this(problem.toResponse());
  }

  /**
   * Refuses a request as the guard does, or an entrance.
   *
   * @param response what to answer
   */
  public RefusedRequestException(AuthResponse response) {
    super("Refused with status " + response.status());
    this.response = response;
  }

  /**
   * What to answer.
   *
   * @return the response
   */
  public AuthResponse response() {
    return response;
  }
}
