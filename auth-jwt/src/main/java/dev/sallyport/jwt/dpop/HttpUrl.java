package dev.sallyport.jwt.dpop;

import dev.sallyport.AuthRequest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * URLs of HTTP without query and fragment, in the form that RFC 3986 sections 6.2.2 and 6.2.3
 * normalise them to, so that two can be compared as texts (RFC 9449 section 4.3).
 */
final class HttpUrl {
  private static final String HTTP = "http://";
  private static final String HTTPS = "https://";

  /** Anything else, such as a user or a path in {@code Host}, could shift what follows it. */
  private static final Pattern AUTHORITY =
      Pattern.compile("([a-z0-9._~-]+|\\[[0-9a-f:.]+])(:[0-9]{0,5})?");

  private static final Pattern DEFAULT_PORT = Pattern.compile(":(80)?");
  private static final Pattern DEFAULT_SECURE_PORT = Pattern.compile(":(443)?");

  private HttpUrl() {}

  /** That of a request; null if it has no single authority, or another form than a path. */
  static @Nullable String of(AuthRequest request) {
    String authority = request.authority().orElse(null);
    String path = request.path();
    return authority == null || !path.startsWith("/")
        ? null
        : joined(request.isSecure() ? HTTPS : HTTP, authority, path);
  }

  /** That of an {@code htu}; null if it is no such URL. */
  static @Nullable String of(String htu) {
    String scheme = scheme(htu);
    if (scheme == null) {
      return null;
    }
    int end = end(htu, "?#", scheme.length());
    int path = Math.min(end(htu, "/", scheme.length()), end);
    return joined(scheme, htu.substring(scheme.length(), path), htu.substring(path, end));
  }

  private static @Nullable String scheme(String url) {
    for (String scheme : List.of(HTTPS, HTTP)) {
      if (url.length() > scheme.length()
          && lower(url.substring(0, scheme.length())).equals(scheme)) {
        return scheme;
      }
    }
    return null;
  }

  private static int end(String text, String delimiters, int from) {
    int end = from;
    while (end < text.length() && delimiters.indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  private static @Nullable String joined(String scheme, String authority, String path) {
    String host = lower(authority);
    String unescaped = unescaped(path);
    if (unescaped == null || !AUTHORITY.matcher(host).matches()) {
      return null;
    }
    int port = host.lastIndexOf(':');
    Pattern standard = scheme.equals(HTTPS) ? DEFAULT_SECURE_PORT : DEFAULT_PORT;
    if (port > host.lastIndexOf(']') && standard.matcher(host.substring(port)).matches()) {
      host = host.substring(0, port);
    }
    return scheme + host + withoutDots(unescaped);
  }

  /** ASCII letters only: what is not ASCII matches nothing afterwards. */
  private static String lower(String text) {
    return text.chars().allMatch(c -> c < 128) ? text.toLowerCase(Locale.ROOT) : text;
  }

  /** Unreserved characters as themselves, other escapes in upper case; null for a wrong escape. */
  private static @Nullable String unescaped(String path) {
    StringBuilder plain = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c <= ' ' || c > '~') {
        return null;
      }
      if (c != '%') {
        plain.append(c);
        continue;
      }
      if (i + 2 >= path.length()
          || !HexFormat.isHexDigit(path.charAt(i + 1))
          || !HexFormat.isHexDigit(path.charAt(i + 2))) {
        return null;
      }
      char meant = (char) HexFormat.fromHexDigits(path, i + 1, i + 3);
      if (isUnreserved(meant)) {
        plain.append(meant);
      } else {
        plain.append('%').append(path.substring(i + 1, i + 3).toUpperCase(Locale.ROOT));
      }
      i += 2;
    }
    return plain.toString();
  }

  private static boolean isUnreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-._~".indexOf(c) >= 0;
  }

  /** RFC 3986 section 5.2.4. */
  private static String withoutDots(String path) {
    String[] segments = path.split("/", -1);
    List<String> kept = new ArrayList<>();
    for (int i = 1; i < segments.length; i++) {
      boolean up = segments[i].equals("..");
      if (up && !kept.isEmpty()) {
        kept.remove(kept.size() - 1);
      }
      if (!up && !segments[i].equals(".")) {
        kept.add(segments[i]);
      } else if (i == segments.length - 1) {
        kept.add("");
      }
    }
    return "/" + String.join("/", kept);
  }
}
