package dev.sallyport.session;

import dev.sallyport.AuthRequest;
import dev.sallyport.Secret;
import dev.sallyport.TransportSecurity;
import dev.sallyport.credential.CredentialCookie;
import dev.sallyport.credential.IssuedCredentials;
import dev.sallyport.credential.Lookup;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.store.Lifetime;
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
import org.jspecify.annotations.Nullable;

/** Finds, adds, moves and updates the sessions in the token store. */
final class SessionRecords {
  /** The epoch of a record about to be removed: lower than any user's, so it is dead at once. */
  private static final long GOING = Long.MIN_VALUE;

  private final TokenStore tokens;
  private final IssuedCredentials issuer;
  private final TransportSecurity transport;
  private final CredentialCookie cookie;
  private final Lifetime standard;
  private final Lifetime remembered;

  SessionRecords(Sessions.Builder builder) {
    tokens = builder.tokens;
    issuer = builder.issuer.build();
    transport = issuer.environment().transport();
    cookie = CredentialCookie.of("session", transport);
    standard = builder.standard;
    remembered = builder.remembered;
  }

  IssuedCredentials issuer() {
    return issuer;
  }

  CredentialCookie cookie() {
    return cookie;
  }

  boolean permits(AuthRequest request) {
    return transport.permits(request);
  }

  /** Looks a cookie up; null for garbage, about which the store is not asked. */
  @Nullable Lookup look(String secret, Instant now) {
    return SessionId.isWellFormed(secret) ? issuer.find(SecretDigest.of(secret), now) : null;
  }

  /** The live session of a request. */
  Optional<TokenRecord> live(AuthRequest request, Instant now) {
    return secret(request)
        .flatMap(secret -> issuer.find(SecretDigest.of(secret), now).live())
        .map(Lookup.Live::record);
  }

  /** The secret, if it is well-formed. */
  Optional<String> secret(AuthRequest request) {
    List<String> cookies = cookie.values(request);
    return cookies.size() == 1 && SessionId.isWellFormed(cookies.get(0))
        ? Optional.of(cookies.get(0))
        : Optional.empty();
  }

  /** The record behind the cookie, even if its user has since changed. */
  Optional<TokenRecord> find(AuthRequest request, Instant now) {
    return secret(request)
        .flatMap(secret -> tokens.find(TokenKind.SESSION, SecretDigest.of(secret), now));
  }

  SessionResult add(
      User user,
      Instant provedAt,
      AuthRequest request,
      boolean remember,
      Map<String, String> attributes) {
    Instant now = issuer.now();
    Lifetime lifetime = remember ? remembered : standard;
    String secret = issuer.randomText(SessionId.SECRET_BYTES);
    TokenRecord record =
        issuer
            .record(SecretDigest.of(secret), user.id(), user.epoch(), now)
            .authenticatedAt(provedAt)
            .idleExpiresAt(lifetime.idleEnd(now).orElseThrow())
            .expiresAt(lifetime.end(now).orElseThrow())
            .client(request.client().userAgent())
            .attributes(SessionAttributes.with(attributes, ClientMark.of(request), remember))
            .build();
    return issuer.add(record) ? started(record, secret, now) : new SessionResult.TooMany();
  }

  private SessionResult.Started started(TokenRecord record, String secret, Instant now) {
    Duration lasting =
        SessionAttributes.isRemembered(record)
            ? record.expiresAt().map(end -> Duration.between(now, end)).orElse(null)
            : null;
    return new SessionResult.Started(
        record, cookie.holding(secret, lasting), Secret.of(CsrfToken.of(secret)));
  }

  /**
   * Gives a session a new id. The old record is first made worthless, in one step with the check
   * that nothing has changed since it was read, so that no attribute is lost; then it is removed,
   * and only whoever removes it continues the session: a logout in the meantime wins.
   *
   * @param find reads the record again whenever somebody else has changed it
   * @param epoch the epoch of the new record
   */
  Optional<SessionResult.Started> move(
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
        return tokens.remove(old, now)
            ? successor(old, epoch.applyAsLong(old), request, now)
            : Optional.empty();
      }
    }
  }

  private Optional<SessionResult.Started> successor(
      TokenRecord old, long epoch, AuthRequest request, Instant now) {
    String secret = issuer.randomText(SessionId.SECRET_BYTES);
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
      TokenRecord current = live(request, now).orElse(null);
      if (current == null) {
        return false;
      }
      if (tokens.replace(current, SessionAttributes.changed(current, change), now)) {
        return true;
      }
    }
  }
}
