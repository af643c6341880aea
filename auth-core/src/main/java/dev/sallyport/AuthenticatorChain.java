package dev.sallyport;

import dev.sallyport.event.AuthEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks authenticators in order. The first that authenticates or rejects decides, and the rest are
 * not asked: the order is the policy. Immutable and thread-safe.
 *
 * <p>A chain that is a member of another is replaced by its own members; the outer chain's
 * environment then applies.
 *
 * <p>Whatever a member throws is passed on unchanged. {@link StoreUnavailableException} means "ask
 * again later"; the host answers anything else with 500, and never goes on.
 */
public final class AuthenticatorChain implements Authenticator {
  private static final int DEFAULT_MAX_AUTHORIZATION = 8 * 1024;
  private static final Rejected CONTRADICTORY =
      Rejected.of("chain", Reason.CONTRADICTORY_AUTHORITY);
  private static final Rejected SEVERAL = Rejected.of("chain", Reason.SEVERAL_CREDENTIALS);
  private static final Rejected OVERSIZED = Rejected.of("chain", Reason.OVERSIZED);

  private final List<Authenticator> members;
  private final SchemeReaders readers;
  private final AuthEnvironment environment;
  private final int maxAuthorization;

  private AuthenticatorChain(
      AuthEnvironment environment, List<Authenticator> members, int maxAuthorization) {
    this.environment = Objects.requireNonNull(environment, "environment");
    this.members = members;
    this.readers = new SchemeReaders(members);
    this.maxAuthorization = maxAuthorization;
  }

  /**
   * A chain of these members, in this order, in the standard environment.
   *
   * @param members at least one, each name once
   * @return the chain
   * @throws IllegalArgumentException if there is no member or a name appears twice
   */
  public static AuthenticatorChain of(Authenticator... members) {
    return of(AuthEnvironment.standard(), members);
  }

  /**
   * A chain of these members, in this order.
   *
   * @param environment the clock and the listener, and for a {@code Guard} transport and origins
   * @param members at least one, each name once
   * @return the chain
   * @throws IllegalArgumentException if there is no member or a name appears twice
   */
  public static AuthenticatorChain of(AuthEnvironment environment, Authenticator... members) {
    return new AuthenticatorChain(
        environment, spliced(List.of(members)), DEFAULT_MAX_AUTHORIZATION);
  }

  /**
   * The same chain with another limit for the {@code Authorization} field.
   *
   * @param characters 256 to 65,536; by default 8,192
   * @return a new chain
   * @throws IllegalArgumentException if out of range
   */
  public AuthenticatorChain withMaxAuthorizationLength(int characters) {
    if (characters < 256 || characters > 65_536) {
      throw new IllegalArgumentException(
          "maxAuthorizationLength must be 256 to 65536, not " + characters);
    }
    return new AuthenticatorChain(environment, members, characters);
  }

  /**
   * Asks the members in order.
   *
   * @param request the request
   * @return the first result that decides; {@link NotAttempted} for an anonymous request
   * @throws StoreUnavailableException if a store could not answer
   * @throws IllegalStateException if a member returns null; the message names it
   */
  @Override
  public AuthResult authenticate(AuthRequest request) {
    AuthResult result = decide(request, null);
    publish(result, request);
    return result;
  }

  /**
   * Like {@link #authenticate}, and also explains the result. Raises the same events.
   *
   * @param request the request
   * @return the result and the part of each member that was asked
   */
  public ChainTrace trace(AuthRequest request) {
    List<ChainTrace.Step> steps = new ArrayList<>();
    AuthResult result = decide(request, steps);
    publish(result, request);
    return new ChainTrace(result, steps);
  }

  /** {@return the environment of this chain and of everything around it} */
  public AuthEnvironment environment() {
    return environment;
  }

  /**
   * {@return an unmodifiable list of the members in the order in which they are asked} The members
   * of inner chains take the place of their chain.
   */
  public List<Authenticator> members() {
    return members;
  }

  /**
   * The first member of a type, for example to log users in with the sessions of a chain.
   *
   * @param type the type
   * @param <T> the type
   * @return the member, or what it wraps; empty if there is none
   */
  public <T> Optional<T> member(Class<T> type) {
    return members.stream().flatMap(member -> member.unwrap(type).stream()).findFirst();
  }

  /** Plans to ask the members in order. Completing the plan raises the same events. */
  @Override
  public Plan<AuthResult> plan(AuthRequest request) {
    AuthResult refused = refusedUnseen(request);
    Plan<AuthResult> decided = refused == null ? planFrom(0, request) : Plan.done(refused);
    return decided.then(
        result -> {
          publish(result, request);
          return Plan.done(result);
        });
  }

  private Plan<AuthResult> planFrom(int next, AuthRequest request) {
    if (next == members.size()) {
      return Plan.done(anonymous(request));
    }
    Authenticator member = members.get(next);
    return environment
        .reportingOutage(member.name(), () -> member.plan(request))
        .recover(
            outage -> {
              environment.reportOutage(member.name(), outage);
              throw outage;
            })
        .then(
            result -> {
              AuthResult decision = decision(member, result, request);
              return decision == null ? planFrom(next + 1, request) : Plan.done(decision);
            });
  }

  private AuthResult decide(AuthRequest request, @Nullable List<ChainTrace.Step> steps) {
    AuthResult refused = refusedUnseen(request);
    if (refused != null) {
      return refused;
    }
    for (Authenticator member : members) {
      Instant start = steps == null ? Instant.EPOCH : environment.now();
      AuthResult result;
      try {
        result = member.authenticate(request);
      } catch (StoreUnavailableException e) {
        environment.reportOutage(member.name(), e);
        throw e;
      }
      if (steps != null && result != null) {
        steps.add(
            ChainTrace.Step.of(member.name(), result, Duration.between(start, environment.now())));
      }
      AuthResult decision = decision(member, result, request);
      if (decision != null) {
        return decision;
      }
    }
    return anonymous(request);
  }

  /** What no member is asked about; null if they are to be asked. */
  private @Nullable AuthResult refusedUnseen(AuthRequest request) {
    if (request.isContradictory()) {
      return CONTRADICTORY;
    }
    Authorization authorization = request.authorization();
    if (authorization.isAmbiguous()) {
      return SEVERAL;
    }
    return authorization.length() > maxAuthorization ? OVERSIZED : null;
  }

  /** What the chain decides by a member's result; null if the next is to be asked. */
  private @Nullable AuthResult decision(
      Authenticator member, @Nullable AuthResult result, AuthRequest request) {
    if (result == null) {
      throw new IllegalStateException(
          "The authenticator '" + member.name() + "' returned null instead of an AuthResult");
    }
    if (!(result instanceof NotAttempted nothing)) {
      return result;
    }
    if (nothing.isStale()) {
      publishStale(member, nothing, request);
    }
    SchemeReaders.Readers named = readers.of(request.authorization());
    return named != null && member.equals(named.last()) ? named.refuse(request) : null;
  }

  private static AuthResult anonymous(AuthRequest request) {
    return request.authorization().scheme().isEmpty()
        ? NotAttempted.NO_CREDENTIALS
        : NotAttempted.OTHER_SCHEME;
  }

  private void publishStale(Authenticator member, NotAttempted stale, AuthRequest request) {
    environment.publish(
        new AuthEvent.StaleCredentials(
            environment.now(), member.name(), stale.reason(), request.clientAddress()));
  }

  private void publish(AuthResult result, AuthRequest request) {
    if (result instanceof Authenticated who) {
      environment.publish(
          new AuthEvent.RequestAuthenticated(
              environment.now(), who.scheme(), who.principal().id(), request.clientAddress()));
    } else if (result instanceof Rejected rejected) {
      environment.report(rejected, request.clientAddress());
    }
  }

  /** {@return the names of the members, joined by commas, for example {@code token, basic}} */
  @Override
  public String name() {
    return members.stream().map(Authenticator::name).collect(Collectors.joining(", "));
  }

  /** The auth-schemes of all members. */
  @Override
  public Set<String> authSchemes() {
    return members.stream()
        .flatMap(member -> member.authSchemes().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * All members' challenges in order, those of the same scheme and realm merged; but Basic's last,
   * since GNU wget crashes where another line follows it.
   */
  @Override
  public List<Challenge> challenges(AuthRequest request) {
    List<Challenge> merged = new ArrayList<>();
    for (Authenticator member : members) {
      for (Challenge challenge : member.challenges(request)) {
        challenge.mergeInto(merged);
      }
    }
    merged.sort(Comparator.comparing(Challenge::isBasic));
    return List.copyOf(merged);
  }

  /**
   * The challenges of an answer that refuses one set of credentials.
   *
   * @param request the request to be answered
   * @param refused the refused credentials' challenge, with its error parameters; null for none
   * @return as {@link #challenges(AuthRequest)}, with the error parameters on the challenge of that
   *     scheme and realm and on no other
   */
  public List<Challenge> challenges(AuthRequest request, @Nullable Challenge refused) {
    List<Challenge> all = challenges(request);
    if (refused == null) {
      return all;
    }
    return all.stream()
        .map(challenge -> challenge.sameSpace(refused) ? challenge.merge(refused) : challenge)
        .toList();
  }

  /** All members' cookies, in order. */
  @Override
  public List<SetCookie> expiredCookies() {
    return members.stream().flatMap(member -> member.expiredCookies().stream()).toList();
  }

  /**
   * The cookies that make a browser forget the credentials that authenticated a request, once they
   * have ended.
   *
   * @param who the chain's result for the request
   * @return the cookies of the member whose scheme that is; possibly none
   */
  public List<SetCookie> expiredCookies(Authenticated who) {
    return members.stream()
        .filter(member -> isOf(member, who.scheme()))
        .flatMap(member -> member.expiredCookies().stream())
        .toList();
  }

  /** A renamed authenticator still puts its own name into results. */
  private static boolean isOf(Authenticator member, String scheme) {
    return member.name().equals(scheme)
        || (member instanceof NamedAuthenticator named && isOf(named.authenticator(), scheme));
  }

  /** {@return the order of the members, for example {@code AuthenticatorChain[token, basic]}} */
  @Override
  public String toString() {
    return "AuthenticatorChain[" + name() + "]";
  }

  private static List<Authenticator> spliced(List<Authenticator> given) {
    List<Authenticator> flat = new ArrayList<>();
    for (Authenticator member : given) {
      if (member instanceof AuthenticatorChain chain) {
        flat.addAll(chain.members);
      } else {
        flat.add(member);
      }
    }
    if (flat.isEmpty()) {
      throw new IllegalArgumentException("A chain needs at least one authenticator");
    }
    Set<String> names = new HashSet<>();
    for (Authenticator member : flat) {
      if (!names.add(member.name())) {
        throw new IllegalArgumentException(
            "The authenticator '"
                + member.name()
                + "' appears twice in the chain; remove one, or tell them apart by"
                + " Authenticator.named");
      }
    }
    return List.copyOf(flat);
  }
}
