package dev.sallyport.http;

import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Problem;

/**
 * Thrown when a request can't be accepted; the response says why. The message is only the status,
 * since anything else might quote the request.
 */
public final class RefusedRequestException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient AuthResponse response;

  /**
   * Refuses a request.
   *
   * @param problem the problem to respond with
   */
  public RefusedRequestException(Problem problem) {
    this(problem.toResponse());
  }

  /**
   * Refuses a request as the guard does.
   *
   * @param response the response to send
   */
  public RefusedRequestException(AuthResponse response) {
    super("Refused with status " + response.status());
    this.response = response;
  }

  /** {@return the response to send} */
  public AuthResponse response() {
    return response;
  }
}
