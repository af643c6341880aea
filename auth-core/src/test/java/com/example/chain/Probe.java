package com.example.chain;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Authenticator;
import dev.sallyport.Challenge;
import dev.sallyport.NotAttempted;
import dev.sallyport.Principal;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A member that says what a test wants it to say, and counts how often it was asked. */
final class Probe implements Authenticator {
  static final Reason WRONG = new Reason("wrong", Refusal.INVALID_CREDENTIALS);

  private final String name;
  private final Function<AuthRequest, AuthResult> answer;
  private final List<Challenge> challenges;
  private final AtomicInteger asked = new AtomicInteger();

  private Probe(String name, Function<AuthRequest, AuthResult> answer, Challenge... challenges) {
    this.name = name;
    this.answer = answer;
    this.challenges = List.of(challenges);
  }

  static Probe of(String name, Function<AuthRequest, AuthResult> answer, Challenge... challenges) {
    return new Probe(name, answer, challenges);
  }

  static Probe abstaining(String name, Challenge... challenges) {
    return new Probe(name, request -> NotAttempted.NO_CREDENTIALS, challenges);
  }

  static Probe accepting(String name, Challenge... challenges) {
    return new Probe(name, request -> user(name), challenges);
  }

  static Probe rejecting(String name, Challenge... challenges) {
    return new Probe(name, request -> Rejected.of(name, WRONG), challenges);
  }

  /** Somebody whom a member of that name vouches for. */
  static Authenticated user(String name) {
    return Authenticated.builder(new Principal("id-of-" + name, name, Set.of()), name).build();
  }

  int asked() {
    return asked.get();
  }

  @Override
  public AuthResult authenticate(AuthRequest request) {
    asked.incrementAndGet();
    return answer.apply(request);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<String> authSchemes() {
    return challenges.stream().map(Challenge::scheme).collect(Collectors.toSet());
  }

  @Override
  public List<Challenge> challenges(AuthRequest request) {
    return challenges;
  }
}
