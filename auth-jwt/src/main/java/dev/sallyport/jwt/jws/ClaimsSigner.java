package dev.sallyport.jwt.jws;

import dev.sallyport.jwt.json.JsonWriter;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.SigningKeySet;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Signs tokens of one type, issuer and audience. All of them have the same six registered claims
 * (RFC 7519 section 4.1). Safe for many threads.
 */
public final class ClaimsSigner {
  public static final int MIN_MAX_LENGTH = 1024;
  public static final int DEFAULT_MAX_LENGTH = 4096;

  private final String issuer;
  private final String audience;
  private final SigningKeySet keys;
  private final String type;
  private volatile @Nullable Ready ready;

  /** A signer with its header, for as long as the key is the current one. */
  private record Ready(SigningKey key, JwsSigner signer) {}

  /**
   * Creates a signer.
   *
   * @throws IllegalArgumentException if the keys are the secrets of refresh tokens
   */
  public ClaimsSigner(SigningKeySet keys, String type, String issuer, String audience) {
    keys.reserveForSigning();
    this.issuer = issuer;
    this.audience = audience;
    this.keys = keys;
    this.type = type;
  }

  /** Returns a limit if it is one that can be set. */
  public static int checkedMaxLength(int characters, int most) {
    if (characters < MIN_MAX_LENGTH || characters > most) {
      throw new IllegalArgumentException(
          "The limit must be " + MIN_MAX_LENGTH + " to " + most + ", not " + characters);
    }
    return characters;
  }

  /**
   * Signs a token.
   *
   * @param issuedAt in seconds, like {@code expiresAt}
   * @param others claims besides the six, none of which has the name of one of those
   * @throws IllegalArgumentException if the claims can't be written
   * @throws IllegalStateException if it would be longer than {@code maxLength}
   */
  public String sign(
      String subject,
      String id,
      long issuedAt,
      long expiresAt,
      Map<String, ?> others,
      int maxLength) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", issuer);
    claims.put("sub", subject);
    claims.put("aud", audience);
    claims.put("exp", expiresAt);
    claims.put("iat", issuedAt);
    claims.put("jti", id);
    others.forEach(claims::putIfAbsent);
    String token = signer().sign(JsonWriter.write(claims));
    if (token.length() > maxLength) {
      throw tooLong(token, maxLength, claims);
    }
    return token;
  }

  private JwsSigner signer() {
    SigningKey current = keys.current();
    Ready latest = ready;
    if (latest == null || latest.key != current) {
      latest = new Ready(current, JwsSigner.of(current).withType(type));
      ready = latest;
    }
    return latest.signer;
  }

  private static IllegalStateException tooLong(String token, int most, Map<String, Object> claims) {
    int first = token.indexOf('.');
    int second = token.lastIndexOf('.');
    int signature = token.length() - second - 1;
    String why =
        signature > second - first
            ? "its signature alone has " + signature
            : "its largest claim is '" + largest(claims) + "'";
    return new IllegalStateException(
        "The token would have " + token.length() + " characters, more than " + most + "; " + why);
  }

  private static String largest(Map<String, Object> claims) {
    return Collections.max(
        claims.keySet(),
        Comparator.comparingInt(
            name -> JsonWriter.write(Collections.singletonMap(name, claims.get(name))).length));
  }
}
