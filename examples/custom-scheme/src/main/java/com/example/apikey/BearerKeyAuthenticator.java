package com.example.apikey;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Authenticator;
import dev.sallyport.Authorization;
import dev.sallyport.Challenge;
import dev.sallyport.NotAttempted;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.TransportSecurity;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Accepts the same keys as {@code Bearer key_…}. Other schemes of a chain accept {@code Bearer} as
 * well: each recognizes its own tokens by their format, and leaves others alone without a look-up.
 */
public final class BearerKeyAuthenticator implements Authenticator {
  private static final String NAME = "bearer-key";
  private static final String PREFIX = "key_";
  private static final Pattern FORM = Pattern.compile("key_[A-Za-z0-9_-]{43}");
  private static final Challenge CHALLENGE = Challenge.of("Bearer", "api");
  private static final NotAttempted OTHER_FORMAT = NotAttempted.because("other_format");

  private static final Rejected INSECURE = Rejected.of(NAME, Reason.INSECURE_TRANSPORT);
  private static final Rejected UNKNOWN =
      Rejected.of(NAME, new Reason("unknown_key", Refusal.INVALID_TOKEN)).withChallenge(CHALLENGE);

  private final ApiKeys keys;
  private final TransportSecurity transport;

  /**
   * Creates the authenticator.
   *
   * @param keys the known keys
   * @param transport whether plain HTTP is accepted
   */
  public BearerKeyAuthenticator(ApiKeys keys, TransportSecurity transport) {
    this.keys = keys;
    this.transport = transport;
  }

  @Override
  public AuthResult authenticate(AuthRequest request) {
    Authorization field = request.authorization();
    if (!field.is("Bearer")) {
      return NotAttempted.OTHER_SCHEME;
    }
    String token = field.credentials();
    if (!token.startsWith(PREFIX)) {
      return OTHER_FORMAT;
    }
    if (!transport.permits(request)) {
      return INSECURE;
    }
    if (!FORM.matcher(token).matches()) {
      return UNKNOWN;
    }
    return keys.find(token.substring(PREFIX.length()))
        .<AuthResult>map(client -> Authenticated.builder(client, NAME).challenge(CHALLENGE).build())
        .orElse(UNKNOWN);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> authSchemes() {
    return Set.of("Bearer");
  }

  @Override
  public List<Challenge> challenges(AuthRequest request) {
    return List.of(CHALLENGE);
  }

  @Override
  public String toString() {
    return "BearerKeyAuthenticator[" + keys + "]";
  }
}
