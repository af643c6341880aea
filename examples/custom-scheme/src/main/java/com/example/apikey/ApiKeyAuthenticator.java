package com.example.apikey;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Authenticator;
import dev.sallyport.Challenge;
import dev.sallyport.NotAttempted;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.TransportSecurity;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Accepts one key in the field {@code X-Api-Key}. */
public final class ApiKeyAuthenticator implements Authenticator {
  private static final String NAME = "api-key";
  private static final String FIELD = "X-Api-Key";
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final Challenge CHALLENGE = Challenge.of("ApiKey", "api");

  private static final Rejected INSECURE = Rejected.of(NAME, Reason.INSECURE_TRANSPORT);
  private static final Rejected MALFORMED =
      Rejected.of(NAME, Reason.MALFORMED).withChallenge(CHALLENGE);
  private static final Rejected UNKNOWN =
      Rejected.of(NAME, new Reason("unknown_key", Refusal.INVALID_CREDENTIALS))
          .withChallenge(CHALLENGE);

  private final ApiKeys keys;
  private final TransportSecurity transport;

  /**
   * Creates the authenticator.
   *
   * @param keys the known keys
   * @param transport whether plain HTTP is accepted
   */
  public ApiKeyAuthenticator(ApiKeys keys, TransportSecurity transport) {
    this.keys = keys;
    this.transport = transport;
  }

  @Override
  public AuthResult authenticate(AuthRequest request) {
    List<String> values = request.headers(FIELD);
    if (values.isEmpty()) {
      return NotAttempted.NO_CREDENTIALS;
    }
    if (!transport.permits(request)) {
      return INSECURE;
    }
    if (values.size() > 1 || !FORM.matcher(values.get(0)).matches()) {
      return MALFORMED;
    }
    return keys.find(values.get(0))
        .<AuthResult>map(client -> Authenticated.builder(client, NAME).challenge(CHALLENGE).build())
        .orElse(UNKNOWN);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> authSchemes() {
    return Set.of("ApiKey");
  }

  @Override
  public List<Challenge> challenges(AuthRequest request) {
    return List.of(CHALLENGE);
  }

  @Override
  public String toString() {
    return "ApiKeyAuthenticator[" + keys + "]";
  }
}
