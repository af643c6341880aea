package dev.sallyport.session;

import dev.sallyport.AuthRequest;
import dev.sallyport.TransportSecurity;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.issue.CredentialCookie;
import dev.sallyport.issue.Issuer;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
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

  private final TokenStore tokens;
  private final Issuer issuer;
  private final TransportSecurity transport;
  private final CredentialCookie cookie;
  private final Timeouts standard;
  private final Timeouts remembered;

  SessionRecords(Sessions.Builder builder) {
    tokens = builder.tokens;
    issuer = builder.issuer.build();
    transport = builder.transport;
    cookie = CredentialCookie.of("session", builder.transport);
    standard = builder.standard;
    remembered = builder.remembered;
  }

  Issuer issuer() {
    return issuer;
  }

  CredentialCookie cookie() {
    return cookie;
  }

  boolean permits(AuthRequest request) {
    return transport.permits(request);
  }

  Presented look(AuthRequest request, Instant now) {
    return look(cookie.values(request), now);
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
    return SessionId.isWellFormed(secret)
        ? new Presented(secret, issuer.find(SecretDigest.of(secret), now))
        : Presented.MALFORMED;
  }

  /** The secret, if it could be one of ours. */
  Optional<String> secret(AuthRequest request) {
    List<String> cookies = cookie.values(request);
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
    Instant now = issuer.now();
    Timeouts timeouts = remember ? remembered : standard;
    String secret = issuer.random(SessionId.SECRET_BYTES);
    TokenRecord record =
        issuer
            .record(SecretDigest.of(secret), user.id(), user.epoch(), now)
            .authenticatedAt(provedAt)
            .idleExpiresAt(now.plus(timeouts.idle()))
            .expiresAt(now.plus(timeouts.absolute()))
            .client(request.client().userAgent())
            .attributes(SessionAttributes.with(attributes, ClientMark.of(request), remember))
            .build();
    return issuer.add(record) ? started(record, secret, now) : new SessionStart.TooMany();
  }

  private SessionStart.Started started(TokenRecord record, String secret, Instant now) {
    Duration lasting =
        SessionAttributes.isRemembered(record)
            ? record.expiresAt().map(end -> Duration.between(now, end)).orElse(null)
            : null;
    return new SessionStart.Started(record, cookie.holding(secret, lasting), CsrfToken.of(secret));
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
      Instant now = issuer.now();
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
    String secret = issuer.random(SessionId.SECRET_BYTES);
    TokenRecord record =
        old.toBuilder(SecretDigest.of(secret), issuer.newPublicId())
            .epoch(epoch)
            .client(request.client().userAgent())
            .build();
    if (!issuer.addInPlace(record)) {
      issuer.publishEnded(old, "limit");
      return Optional.empty();
    }
    issuer.publish(new AuthEvent.SessionRotated(issuer.now(), old.id(), record.id(), old.userId()));
    return Optional.of(started(record, secret, now));
  }

  boolean update(AuthRequest request, UnaryOperator<Map<String, String>> change) {
    while (true) {
      Instant now = issuer.now();
      TokenRecord current = look(request, now).live().orElse(null);
      if (current == null) {
        return false;
      }
      if (tokens.replace(current, SessionAttributes.changed(current, change), now)) {
        return true;
      }
    }
  }
}
