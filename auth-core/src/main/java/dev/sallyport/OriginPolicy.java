package dev.sallyport;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Tells a request of the site's own pages from one that another site's page made the browser send,
 * by {@code Sec-Fetch-Site} and {@code Origin} (OWASP Cross-Site Request Forgery Prevention).
 * Immutable.
 */
public final class OriginPolicy {
  /** What the two header fields say. */
  public enum Verdict {
    /** The site's own page, a trusted origin, or the user themselves. */
    OWN,
    /** Another site, or an origin that can't be told. */
    FOREIGN,
    /** Neither field is there: no browser of today, or one that hides it. */
    UNKNOWN
  }

  private static final OriginPolicy OWN_ONLY = new OriginPolicy(Set.of());

  private final Set<String> trusted;

  private OriginPolicy(Set<String> trusted) {
    this.trusted = trusted;
  }

  /**
   * Trusts the request's own origin only.
   *
   * @return the policy
   */
  public static OriginPolicy ownOnly() {
    return OWN_ONLY;
  }

  /**
   * Trusts other origins as well, for example a front-end on a host of its own.
   *
   * @param origins serialised origins, for example {@code https://app.example}; compared exactly
   * @return the policy
   * @throws IllegalArgumentException if one is no origin of http or https: it has a path, an upper
   *     case letter, a default port, or is {@code null}
   */
  public static OriginPolicy trusting(Collection<String> origins) {
    for (String origin : origins) {
      if (!origin.matches("https?://([a-z0-9.-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?")
          || !origin.equals(withoutDefaultPort(origin))) {
        throw new IllegalArgumentException(
            "Not an origin as browsers send it (scheme://host[:port], lower case, no path, no"
                + " default port): "
                + origin);
      }
    }
    return new OriginPolicy(Set.copyOf(origins));
  }

  /**
   * Judges one request. Whether the method is safe is for the caller to ask.
   *
   * @param request the request
   * @return what its header fields say
   */
  public Verdict judge(AuthRequest request) {
    List<String> sites = request.headers("Sec-Fetch-Site");
    if (sites.size() == 1 && (sites.get(0).equals("same-origin") || sites.get(0).equals("none"))) {
      return Verdict.OWN;
    }
    List<String> origins = request.headers("Origin");
    if (origins.isEmpty()) {
      return sites.isEmpty() ? Verdict.UNKNOWN : Verdict.FOREIGN;
    }
    if (origins.size() > 1) {
      return Verdict.FOREIGN;
    }
    String origin = origins.get(0);
    return trusted.contains(origin) || isOwn(origin, request) ? Verdict.OWN : Verdict.FOREIGN;
  }

  private static boolean isOwn(String origin, AuthRequest request) {
    List<String> host = request.headers("Host");
    if (host.size() != 1 || host.get(0).isEmpty()) {
      return false;
    }
    String own = (request.isSecure() ? "https://" : "http://") + Ascii.lower(host.get(0));
    return origin.equals(withoutDefaultPort(own));
  }

  private static String withoutDefaultPort(String origin) {
    String port = origin.startsWith("https://") ? ":443" : ":80";
    return origin.endsWith(port) ? origin.substring(0, origin.length() - port.length()) : origin;
  }
}
