package dev.sallyport;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request line or its pseudo-header fields say about where a request goes.
 *
 * @param target path and query, also of an absolute-form request line (RFC 9112 section 3.2.2)
 * @param authority the host and port of that form, or {@code :authority}; null if the {@code Host}
 *     field has it
 * @param compared whether the {@code Host} field must say the same (RFC 9113 section 8.3.1); that
 *     of an absolute-form request line has to be ignored
 * @param valid whether the authority has the form of one
 */
record RequestTarget(String target, @Nullable String authority, boolean compared, boolean valid) {
  private static final Pattern ABSOLUTE =
      Pattern.compile("[Hh][Tt][Tt][Pp][Ss]?://([^/?#]*)(.*)", Pattern.DOTALL);

  /** A user, which would stand before an {@code @}, is not allowed (RFC 9110 section 4.2.4). */
  private static final Pattern AUTHORITY =
      Pattern.compile("([A-Za-z0-9._~%!$&'()*+,;=-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]*)?");

  static RequestTarget of(String received, @Nullable String authority) {
    if (received.startsWith("/")) {
      return authority == null
          ? new RequestTarget(received, null, false, true)
          : new RequestTarget(received, authority, true, isAuthority(authority));
    }
    Matcher absolute = ABSOLUTE.matcher(received);
    if (!absolute.matches()) {
      return new RequestTarget(
          received, authority, true, authority == null || isAuthority(authority));
    }
    String rest = absolute.group(2);
    return new RequestTarget(
        rest.startsWith("/") ? rest : "/" + rest,
        absolute.group(1),
        false,
        isAuthority(absolute.group(1)));
  }

  /** Whether the request contradicts itself about its authority, so that it can't be trusted. */
  boolean isContradicted(List<String> hosts) {
    return !valid
        || hosts.size() > 1
        || (compared
            && authority != null
            && hosts.size() == 1
            && !Ascii.equalsIgnoreCase(hosts.get(0), authority));
  }

  private static boolean isAuthority(String text) {
    return AUTHORITY.matcher(text).matches();
  }
}
