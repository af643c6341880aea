package dev.sallyport.session;

import dev.sallyport.AuthRequest;
import dev.sallyport.TransportSecurity;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.event.AuthListener;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/** The sessions in the token store: what finds them, adds them, moves them and takes them away. */
final class SessionRecords {
  /** The epoch of a record that is about to go: lower than any user's, so it is dead at once. */
  private static final long GOING = Long.MIN_VALUE;

  private static final long MAX_TOUCH_MILLIS = 60_000;

  private final TokenStore tokens;
  private final CredentialStore users;
  private final TransportSecurity transport;
  private final SessionCookie cookie;
  private final Timeouts standard;
  private final Timeouts remembered;
  private final TokenLimit limit;
  private final AuthListener listener;
  private final Clock clock;
  private final SecureRandom random;

  SessionRecords(Sessions.Builder builder) {
    tokens = builder.tokens;
    users = builder.users;
    transport = builder.transport;
    cookie = SessionCookie.of(builder.transport);
    standard = builder.standard;
    remembered = builder.remembered;
    limit = builder.limit;
    listener = builder.listener;
    clock = builder.clock;
    random = builder.random;
  }

  Instant now() {
    return clock.instant();
  }

  SessionCookie cookie() {
    return cookie;
  }

  boolean permits(AuthRequest request) {
    return transport.permits(request);
  }

  void publish(AuthEvent event) {
    listener.publish(event);
  }

  /** What was sent as the cookie; more than one value is none that could be trusted. */
  List<String> cookies(AuthRequest request) {
    return request.cookies(cookie.name());
  }

  Presented look(AuthRequest request, Instant now) {
    return look(cookies(request), now);
  }

  /** What the cookie leads to. The form is looked at first: garbage costs no question. */
  Presented look(List<String> cookies, Instant now) {
    if (cookies.isEmpty()) {
      return Presented.NONE;
    }
    if (cookies.size() > 1) {
      return Presented.SEVERAL;
    }
    String secret = cookies.get(0);
    if (!SessionId.isWellFormed(secret)) {
      return Presented.MALFORMED;
    }
    TokenStore.Owned owned =
        tokens.find(TokenKind.SESSION, SecretDigest.of(secret), now, users).orElse(null);
    if (owned == null) {
      return Presented.UNKNOWN;
    }
    User user = owned.user();
    if (user == null) {
      return Presented.NO_USER;
    }
    if (!user.isActive()) {
      return Presented.DEACTIVATED;
    }
    return owned.record().epoch() < user.epoch()
        ? Presented.OLD_EPOCH
        : Presented.of(secret, owned.record(), user);
  }

  /** The secret, if it could be one of ours. */
  Optional<String> secret(AuthRequest request) {
    List<String> cookies = cookies(request);
    return cookies.size() == 1 && SessionId.isWellFormed(cookies.get(0))
        ? Optional.of(cookies.get(0))
        : Optional.empty();
  }

  /** The record behind the cookie, whatever has become of its user. */
  Optional<TokenRecord> find(AuthRequest request, Instant now) {
    return secret(request)
        .flatMap(secret -> tokens.find(TokenKind.SESSION, SecretDigest.of(secret), now));
  }

  SessionStart add(
      User user,
      Instant provedAt,
      AuthRequest request,
      boolean remember,
      Map<String, String> attributes) {
    Instant now = now();
    Timeouts timeouts = remember ? remembered : standard;
    String secret = SessionId.newSecret(random);
    TokenRecord record =
        TokenRecord.builder(
                TokenKind.SESSION,
                SecretDigest.of(secret),
                SessionId.newPublicId(random),
                user.id(),
                now)
            .authenticatedAt(provedAt)
            .idleExpiresAt(now.plus(timeouts.idle()))
            .expiresAt(now.plus(timeouts.absolute()))
            .epoch(user.epoch())
            .client(request.client().userAgent())
            .attributes(SessionAttributes.with(attributes, ClientMark.of(request), remember))
            .build();
    if (!insert(record, now)) {
      return new SessionStart.TooMany();
    }
    publish(new AuthEvent.Issued(now(), "session", record.id(), user.id()));
    return started(record, secret, now);
  }

  private boolean insert(TokenRecord record, Instant now) {
    if (!(tokens.insert(record, limit, now) instanceof TokenStore.Insertion.Done done)) {
      return false;
    }
    done.removed().forEach(id -> publishEnded(id, record.userId(), "limit"));
    return true;
  }

  private SessionStart.Started started(TokenRecord record, String secret, Instant now) {
    Duration lasting =
        SessionAttributes.isRemembered(record)
            ? record.expiresAt().map(end -> Duration.between(now, end)).orElse(null)
            : null;
    return new SessionStart.Started(record, cookie.of(secret, lasting), CsrfToken.of(secret));
  }

  /**
   * Gives a session a new id. The old record is first made worthless, in one step with the check
   * that nothing has changed since it was read, so that no attribute is lost; then it is removed,
   * and who removes it goes on with the session: a logout meanwhile wins.
   *
   * @param find reads the record anew each time somebody else has changed it
   * @param epoch the new record's
   */
  Optional<SessionStart.Started> move(
      AuthRequest request,
      Function<Instant, Optional<TokenRecord>> find,
      ToLongFunction<TokenRecord> epoch) {
    while (true) {
      Instant now = now();
      TokenRecord old = find.apply(now).orElse(null);
      if (old == null) {
        return Optional.empty();
      }
      if (tokens.replace(old, old.toBuilder().epoch(GOING).build(), now)) {
        return tokens.remove(TokenKind.SESSION, old.key())
            ? successor(old, epoch.applyAsLong(old), request, now)
            : Optional.empty();
      }
    }
  }

  private Optional<SessionStart.Started> successor(
      TokenRecord old, long epoch, AuthRequest request, Instant now) {
    String secret = SessionId.newSecret(random);
    TokenRecord record =
        old.toBuilder(SecretDigest.of(secret), SessionId.newPublicId(random))
            .epoch(epoch)
            .client(request.client().userAgent())
            .build();
    if (!insert(record, now)) {
      publishEnded(old.id(), old.userId(), "limit");
      return Optional.empty();
    }
    publish(new AuthEvent.SessionRotated(now(), old.id(), record.id(), old.userId()));
    return Optional.of(started(record, secret, now));
  }

  boolean update(AuthRequest request, UnaryOperator<Map<String, String>> change) {
    while (true) {
      Instant now = now();
      TokenRecord current = look(request, now).live().orElse(null);
      if (current == null) {
        return false;
      }
      if (tokens.replace(current, SessionAttributes.changed(current, change), now)) {
        return true;
      }
    }
  }

  /** Whether the session is still there after its use was noted, where that was due. */
  boolean touch(TokenRecord record, Instant now) {
    Instant idleEnd = record.idleExpiresAt().orElse(null);
    if (idleEnd == null) {
      return true;
    }
    Duration idle = Duration.between(record.lastSeenAt(), idleEnd);
    long due = Math.min(MAX_TOUCH_MILLIS, idle.toMillis() / 10);
    return now.toEpochMilli() - record.lastSeenAt().toEpochMilli() < due
        || tokens.touch(TokenKind.SESSION, record.key(), now, now.plus(idle));
  }

  void end(TokenRecord record, String why) {
    if (tokens.remove(TokenKind.SESSION, record.key())) {
      publishEnded(record.id(), record.userId(), why);
    }
  }

  private void publishEnded(String id, String userId, String why) {
    publish(new AuthEvent.Ended(now(), "session", id, userId, why));
  }
}
