package dev.sallyport;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells a request of the site's own pages from one that another site's page made the browser send,
 * by {@code Sec-Fetch-Site} and {@code Origin} (OWASP Cross-Site Request Forgery Prevention).
 * Immutable.
 */
public final class OriginPolicy {
  /** What the two header fields say. */
  public enum Origin {
    /** The site's own page, a trusted origin, or the user themselves. */
    OWN,
    /** Another site, or an origin that can't be determined. */
    FOREIGN,
    /** Neither field is there: no browser of today, or one that hides it. */
    UNKNOWN
  }

  private static final String PORT = "(:[0-9]{1,5})?";
  private static final Pattern WEB =
      Pattern.compile("https?://([a-z0-9._-]+|\\[[0-9a-f:.]+])" + PORT);

  /**
   * The host of such a scheme is opaque (URL Standard): its letter case is kept. Nobody sends the
   * excluded ones: a WebSocket's origin is that of its page, a file's is null.
   */
  private static final Pattern APP =
      Pattern.compile("(?!(https?|wss?|ftp|file):)[a-z][a-z0-9+.-]*://[A-Za-z0-9._-]+" + PORT);

  private static final OriginPolicy OWN_ONLY = new OriginPolicy(Set.of());

  private final Set<String> trusted;

  private OriginPolicy(Set<String> trusted) {
    this.trusted = trusted;
  }

  /** {@return a policy that trusts only the request's own origin} */
  public static OriginPolicy ownOnly() {
    return OWN_ONLY;
  }

  /**
   * Trusts other origins as well, for example a front-end on a host of its own.
   *
   * @param origins serialised origins (HTML, section 7.1.1), for example {@code
   *     https://app.example}, {@code capacitor://localhost} or {@code chrome-extension://<id>};
   *     compared exactly
   * @return the policy
   * @throws IllegalArgumentException if one is not an origin as a browser sends it: it has a path,
   *     an upper-case scheme, a default port, or is {@code null}
   */
  public static OriginPolicy trusting(Collection<String> origins) {
    for (String origin : origins) {
      boolean valid = WEB.matcher(origin).matches() || APP.matcher(origin).matches();
      if (!valid || !origin.equals(withoutDefaultPort(origin))) {
        throw new IllegalArgumentException(
            "Not an origin as browsers send it (scheme://host[:port], lower case, no path, no"
                + " default port; a WebSocket sends that of its page): "
                + origin);
      }
    }
    return new OriginPolicy(Set.copyOf(origins));
  }

  /**
   * Judges one request. The caller must check whether the method is safe.
   *
   * @param request the request
   * @return what its header fields say
   */
  public Origin judge(AuthRequest request) {
    List<String> sites = request.headers("Sec-Fetch-Site");
    if (sites.size() == 1 && (sites.get(0).equals("same-origin") || sites.get(0).equals("none"))) {
      return Origin.OWN;
    }
    List<String> origins = request.headers("Origin");
    if (origins.isEmpty()) {
      return sites.isEmpty() ? Origin.UNKNOWN : Origin.FOREIGN;
    }
    if (origins.size() > 1) {
      return Origin.FOREIGN;
    }
    String origin = origins.get(0);
    return trusted.contains(origin) || isOwn(origin, request) ? Origin.OWN : Origin.FOREIGN;
  }

  private static boolean isOwn(String origin, AuthRequest request) {
    String scheme = request.isSecure() ? "https://" : "http://";
    return request
        .authority()
        .filter(own -> origin.equals(withoutDefaultPort(scheme + Ascii.lower(own))))
        .isPresent();
  }

  private static String withoutDefaultPort(String origin) {
    boolean standard =
        (origin.startsWith("https://") && origin.endsWith(":443"))
            || (origin.startsWith("http://") && origin.endsWith(":80"));
    return standard ? origin.substring(0, origin.lastIndexOf(':')) : origin;
  }
}
