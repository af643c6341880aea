package dev.sallyport.jwt.fetch;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** The name of an issuer as a URL without query and fragment (RFC 8414 section 2). */
public final class IssuerUrl {
  private static final Pattern PRINTABLE = Pattern.compile("[!-~]{8,256}");
  private static final String METADATA = "/.well-known/openid-configuration";

  private IssuerUrl() {}

  /** Whether it is such a URL, and something could be fetched from there safely. */
  public static boolean is(String issuer) {
    if (!PRINTABLE.matcher(issuer).matches()) {
      return false;
    }
    try {
      URI uri = new URI(issuer);
      return RemoteJson.isSafe(uri) && uri.getRawQuery() == null && uri.getRawFragment() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /**
   * Where its metadata is (OpenID Connect Discovery 1.0 section 4.1).
   *
   * @throws IllegalArgumentException if it {@link #is} no such URL
   */
  public static URI metadata(String issuer) {
    if (!is(issuer)) {
      throw new IllegalArgumentException(
          "An issuer whose keys are discovered must be an https URL of up to 256 characters, or an"
              + " http one of this machine, without user info, query and fragment");
    }
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    return URI.create(base + METADATA);
  }
}
