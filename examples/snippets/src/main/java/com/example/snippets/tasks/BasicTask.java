package com.example.snippets.tasks;

import dev.sallyport.AuthRequest;
import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.scheme.Sallyport;
import java.util.Optional;

/** Username and password in every request. */
public final class BasicTask {
  private final Guard guard;

  /** Guards with Basic. */
  public BasicTask(Sallyport auth) {
    guard = auth.guard(BasicAuthenticator.of(auth));
  }

  /** What to answer in place of the resource. */
  public Optional<AuthResponse> refusal(AuthRequest request) {
    return guard.check(request) instanceof Decision.Refuse refuse
        ? Optional.of(refuse.response())
        : Optional.empty();
  }
}
