package dev.sallyport;

import dev.sallyport.event.AuthEvent;
import dev.sallyport.event.AuthListener;
import java.time.Clock;
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
 * not asked: the order is the policy. Immutable and safe for many threads.
 *
 * <p>A chain among the members of another is replaced by its own members; listening and the last
 * word are then the outer one's.
 *
 * <p>What a member throws comes through as it is. {@link StoreUnavailableException} means "ask
 * again later"; the host answers anything else with 500, and never goes on.
 */
public final class AuthenticatorChain implements Authenticator {
  private static final int DEFAULT_MAX_AUTHORIZATION = 8 * 1024;
  private static final Rejected SEVERAL = Rejected.of("chain", Reason.SEVERAL_CREDENTIALS);
  private static final Rejected OVERSIZED = Rejected.of("chain", Reason.OVERSIZED);

  private final List<Authenticator> members;
  private final SchemeReaders readers;
  private final AuthListener listener;
  private final Clock clock;
  private final int maxAuthorization;

  private AuthenticatorChain(Builder builder) {
    members = builder.spliced();
    readers = new SchemeReaders(members);
    listener = builder.listener;
    clock = builder.clock;
    maxAuthorization = builder.maxAuthorization;
  }

  /**
   * A chain of these members, in this order.
   *
   * @param members at least one, each name once
   * @return the chain
   * @throws IllegalArgumentException if there is no member or a name appears twice
   */
  public static AuthenticatorChain of(Authenticator... members) {
    return builder(members).build();
  }

  /**
   * A chain of these members, with options.
   *
   * @param members at least one, each name once
   * @return a builder
   */
  public static Builder builder(Authenticator... members) {
    return new Builder(List.of(members));
  }

  /**
   * Asks the members in order.
   *
   * @param request the request
   * @return what the first said that had something to say; {@link NotAttempted} for an anonymous
   *     request
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
   * As {@link #authenticate}, and tells how it came about. It raises the same events.
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

  /**
   * Who is asked, in this order; the members of inner chains stand in their place.
   *
   * @return an unmodifiable list
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

  private AuthResult decide(AuthRequest request, @Nullable List<ChainTrace.Step> steps) {
    Authorization authorization = request.authorization();
    if (authorization.isAmbiguous()) {
      return SEVERAL;
    }
    if (authorization.length() > maxAuthorization) {
      return OVERSIZED;
    }
    for (Authenticator member : members) {
      Instant start = steps == null ? Instant.EPOCH : clock.instant();
      AuthResult result;
      try {
        result = member.authenticate(request);
      } catch (StoreUnavailableException e) {
        reportOutage(member.name(), e);
        throw e;
      }
      if (steps != null && result != null) {
        steps.add(
            ChainTrace.Step.of(member.name(), result, Duration.between(start, clock.instant())));
      }
      if (result instanceof NotAttempted nothing) {
        if (nothing.isStale()) {
          publishStale(member, nothing, request);
        }
        SchemeReaders.Readers named = readers.of(authorization);
        if (named != null && member.equals(named.last())) {
          return named.refuse(request);
        }
      } else if (result == null) {
        throw new IllegalStateException(
            "The authenticator '" + member.name() + "' returned null instead of an AuthResult");
      } else {
        return result;
      }
    }
    return authorization.scheme().isEmpty()
        ? NotAttempted.NO_CREDENTIALS
        : NotAttempted.OTHER_SCHEME;
  }

  private void publishStale(Authenticator member, NotAttempted stale, AuthRequest request) {
    listener.publish(
        new AuthEvent.StaleCredentials(
            clock.instant(), member.name(), stale.reason(), request.clientAddress()));
  }

  private void publish(AuthResult result, AuthRequest request) {
    if (result instanceof Authenticated who) {
      listener.publish(
          new AuthEvent.RequestAuthenticated(
              clock.instant(), who.scheme(), who.principal().id(), request.clientAddress()));
    } else if (result instanceof Rejected rejected) {
      report(rejected, request);
    }
  }

  /**
   * Raises the event of a request that was refused without the chain: a login, a logout.
   *
   * @param rejected why it was refused
   * @param request the request
   */
  public void report(Rejected rejected, AuthRequest request) {
    Instant now = clock.instant();
    String subject = rejected.subject().orElse(null);
    if (rejected.reason().refusal() == Refusal.THROTTLED) {
      listener.publish(
          new AuthEvent.Throttled(now, rejected.scheme(), subject, request.clientAddress()));
    } else {
      listener.publish(
          new AuthEvent.AuthenticationFailed(
              now, rejected.scheme(), rejected.reason().name(), subject, request.clientAddress()));
    }
  }

  /**
   * Raises the event of a store that could not answer while the chain was not asked.
   *
   * @param during what was going on, in snake_case
   * @param outage the outage
   */
  public void reportOutage(String during, StoreUnavailableException outage) {
    listener.publish(
        new AuthEvent.StoreOutage(clock.instant(), during, outage.getClass().getName()));
  }

  /**
   * The names of the members, joined by commas.
   *
   * @return for example {@code token, basic}
   */
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
   * What makes a browser forget the credentials by which a request was authenticated, once they
   * have ended.
   *
   * @param who what the chain has said of the request
   * @return the cookies of the member whose scheme that is; possibly none
   */
  public List<SetCookie> expiredCookies(Authenticated who) {
    return members.stream()
        .filter(member -> isOf(member, who.scheme()))
        .flatMap(member -> member.expiredCookies().stream())
        .toList();
  }

  /** One that was given another name still puts its own into results. */
  private static boolean isOf(Authenticator member, String scheme) {
    return member.name().equals(scheme)
        || (member instanceof NamedAuthenticator named && isOf(named.authenticator(), scheme));
  }

  /**
   * The order.
   *
   * @return for example {@code AuthenticatorChain[token, basic]}
   */
  @Override
  public String toString() {
    return "AuthenticatorChain[" + name() + "]";
  }

  /** Builds an {@link AuthenticatorChain}; not safe for several threads. */
  public static final class Builder {
    private final List<Authenticator> given;
    private AuthListener listener = AuthListener.slf4j();
    private Clock clock = Clock.systemUTC();
    private int maxAuthorization = DEFAULT_MAX_AUTHORIZATION;

    private Builder(List<Authenticator> given) {
      this.given = given;
    }

    /**
     * Sets who hears of events.
     *
     * @param listener the listener; by default {@link AuthListener#slf4j()}
     * @return this
     */
    public Builder listener(AuthListener listener) {
      this.listener = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * Sets where the time comes from.
     *
     * @param clock the clock; by default the system's
     * @return this
     */
    public Builder clock(Clock clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Sets how long the {@code Authorization} field may be.
     *
     * @param characters 256 to 65,536; by default 8,192
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder maxAuthorizationLength(int characters) {
      if (characters < 256 || characters > 65_536) {
        throw new IllegalArgumentException(
            "maxAuthorizationLength must be 256 to 65536, not " + characters);
      }
      this.maxAuthorization = characters;
      return this;
    }

    /**
     * Makes the chain.
     *
     * @return the chain
     * @throws IllegalArgumentException if there is no member or a name appears twice
     */
    public AuthenticatorChain build() {
      return new AuthenticatorChain(this);
    }

    private List<Authenticator> spliced() {
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
}
