package dev.sallyport.jwt.jws;

import dev.sallyport.jwt.json.StrictText;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A {@code typ} (RFC 7515 section 4.1.9), compared without regard to the case of ASCII letters, and
 * with or without a leading {@code application/}.
 *
 * @param name in lower case, without {@code application/}
 */
public record TokenType(String name) {
  /** The type of an access token (RFC 9068 section 2.1). */
  public static final String ACCESS = "at+jwt";

  private static final String PREFIX = "application/";

  /** The names that RFC 6838 section 4.2 allows, with the suffix of RFC 8417 section 2.3. */
  private static final Pattern OWN = Pattern.compile("[a-z0-9][a-z0-9!#$&^_.+-]{0,122}\\+jwt");

  /** Types that end in +jwt and have a meaning to others, from OAuth, OpenID and the IETF. */
  private static final Set<String> RESERVED =
      Set.of(
          ACCESS,
          "authorization-grant+jwt",
          "client-authentication+jwt",
          "dpop+jwt",
          "entity-statement+jwt",
          "explicit-registration-response+jwt",
          "jwk-set+jwt",
          "kb+jwt",
          "key-attestation+jwt",
          "keyattestation+jwt",
          "logout+jwt",
          "oauth-authz-req+jwt",
          "oauth-client-attestation+jwt",
          "oauth-client-attestation-pop+jwt",
          "oauth-id-jag+jwt",
          "openid4vci-proof+jwt",
          "resolve-response+jwt",
          "secevent+jwt",
          "statuslist+jwt",
          "token-introspection+jwt",
          "trust-mark+jwt",
          "trust-mark-delegation+jwt",
          "trust-mark-status-response+jwt",
          "txntoken+jwt",
          "vc+jwt",
          "vc-ld+jwt",
          "verifier-attestation+jwt",
          "vp+jwt",
          "vp-ld+jwt",
          "wit+jwt",
          "wpt+jwt");

  public static TokenType of(String type) {
    String lower = lower(type);
    String name = lower.startsWith(PREFIX) ? lower.substring(PREFIX.length()) : lower;
    if (name.isEmpty() || !StrictText.isPlain(name)) {
      throw new IllegalArgumentException("The type of a token must look like at+jwt or JWT");
    }
    return new TokenType(name);
  }

  /**
   * A type that a host gives its own tokens.
   *
   * @throws IllegalArgumentException if it is not called name+jwt, or the name has a meaning
   *     already
   */
  public static TokenType own(String type) {
    TokenType own = of(type);
    if (!OWN.matcher(own.name).matches()) {
      throw new IllegalArgumentException(
          "The type of your own tokens must be a name of up to 127 characters that ends in +jwt,"
              + " like download+jwt");
    }
    if (RESERVED.contains(own.name)) {
      throw new IllegalArgumentException(
          "The type " + own.name + " has a meaning to others; choose a name of your own");
    }
    return own;
  }

  public boolean matches(@Nullable String type) {
    if (type == null) {
      return false;
    }
    String lower = lower(type);
    return lower.equals(name)
        || (lower.length() == PREFIX.length() + name.length()
            && lower.startsWith(PREFIX)
            && lower.endsWith(name));
  }

  private static String lower(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        return lowered(text);
      }
    }
    return text;
  }

  private static String lowered(String text) {
    StringBuilder lower = new StringBuilder(text);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        lower.setCharAt(i, (char) (c + ('a' - 'A')));
      }
    }
    return lower.toString();
  }
}
