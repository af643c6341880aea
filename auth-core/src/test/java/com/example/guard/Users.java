package com.example.guard;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Authenticator;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Challenge;
import dev.sallyport.NotAttempted;
import dev.sallyport.Principal;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Results, guards and what to read of a decision. */
final class Users {
  static final Challenge BASIC = Challenge.of("Basic", "api").with("charset", "UTF-8");
  static final Challenge BEARER = Challenge.of("Bearer", "api");

  private Users() {}

  static Authenticated.Builder alice(String... roles) {
    return Authenticated.builder(new Principal("1", "alice", Set.of(roles)), "basic");
  }

  /** A guard whose chain always says this, and has these challenges. */
  static Guard saying(AuthResult result, Challenge... challenges) {
    return Guard.of(AuthenticatorChain.of(Authenticator.named("m", r -> result, challenges)));
  }

  static Guard saying(Clock clock, AuthResult result, Challenge... challenges) {
    return Guard.of(
        AuthenticatorChain.of(
            AuthEnvironment.standard().withClock(clock),
            Authenticator.named("m", r -> result, challenges)));
  }

  static Guard anonymous(Challenge... challenges) {
    return saying(NotAttempted.NO_CREDENTIALS, challenges);
  }

  static Rejected rejected(Refusal refusal) {
    return Rejected.of("m", new Reason("true_reason", refusal));
  }

  static AuthResponse response(Decision decision) {
    return ((Decision.Refuse) decision).response();
  }

  static List<String> lines(AuthResponse response) {
    return response.headers().stream().map(h -> h.name() + ": " + h.value()).toList();
  }
}
