package dev.sallyport.token;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authorization;
import dev.sallyport.Challenge;
import dev.sallyport.Logout;
import dev.sallyport.NotAttempted;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.issue.Found;
import dev.sallyport.issue.Issuer;
import dev.sallyport.store.SecretDigest;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * The {@code Authorization} field: the client set it on purpose, so what is wrong with it is
 * refused (RFC 6750 section 2.1).
 */
final class HeaderCarrier implements Carrier {
  private static final NotAttempted OTHER_FORMAT = NotAttempted.because("other_format");
  private static final Rejected INSECURE = Rejected.of(SCHEME, Reason.INSECURE_TRANSPORT);

  private final Tokens tokens;
  private final Issuer issuer;
  private final TokenFormat format;
  private final List<String> keywords;
  private final List<Challenge> challenges;

  HeaderCarrier(Tokens tokens, List<String> keywords, String realm) {
    this.tokens = tokens;
    this.issuer = tokens.issuer();
    this.format = tokens.format();
    this.keywords = keywords;
    this.challenges = keywords.stream().map(word -> Challenge.of(word, realm)).toList();
  }

  @Override
  public AuthResult authenticate(AuthRequest request) {
    Authorization field = request.authorization();
    int keyword = keyword(field);
    if (keyword < 0) {
      return field.length() == 0 ? NotAttempted.NO_CREDENTIALS : NotAttempted.OTHER_SCHEME;
    }
    if (!tokens.transport().permits(request)) {
      return INSECURE;
    }
    String token = field.credentials();
    byte[] secret = format.secret(token);
    if (secret == null) {
      return format.mayBeAnothers(token) ? OTHER_FORMAT : rejected("malformed", keyword);
    }
    Instant now = issuer.now();
    Found found = issuer.find(SecretDigest.of(secret), now);
    if (!found.isLive()) {
      return rejected(found.standing().reason(), keyword);
    }
    return issuer.noteUse(found.record(), now)
        ? TokenResult.of(found, SCHEME).challenge(challenges.get(keyword)).build()
        : rejected("ended_meanwhile", keyword);
  }

  private int keyword(Authorization field) {
    for (int i = 0; i < keywords.size(); i++) {
      if (field.is(keywords.get(i))) {
        return i;
      }
    }
    return -1;
  }

  /** Whatever the reason, it reads the same to the client. */
  private Rejected rejected(String reason, int keyword) {
    return Rejected.of(SCHEME, new Reason(reason, Refusal.INVALID_TOKEN))
        .withChallenge(challenges.get(keyword));
  }

  @Override
  public Logout planLogout(AuthRequest request) {
    Authorization field = request.authorization();
    byte[] secret = keyword(field) < 0 ? null : format.secret(field.credentials());
    if (secret == null) {
      return Logout.nothing();
    }
    if (!tokens.transport().permits(request)) {
      return Logout.refused(INSECURE);
    }
    Found found = issuer.find(SecretDigest.of(secret), issuer.now());
    return found.isLive()
        ? Logout.of(() -> issuer.end(found.record(), "logout"))
        : Logout.nothing();
  }

  @Override
  public Set<String> authSchemes() {
    return Set.copyOf(keywords);
  }

  @Override
  public List<Challenge> challenges() {
    return challenges;
  }

  @Override
  public String toString() {
    return keywords.toString();
  }
}
