package dev.sallyport;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Whether credentials are accepted over plain HTTP. Every authenticator asks before it looks at
 * them.
 */
public enum TransportSecurity {
  /** Credentials are accepted over TLS only. The default everywhere. */
  REQUIRED,

  /**
   * For development: plain HTTP is good enough from this very machine. It holds only where the peer
   * and the authority are loopback, no proxy has left its mark and none is trusted, so that it
   * can't be left on behind a proxy by mistake.
   */
  OPTIONAL_ON_LOOPBACK_FOR_DEVELOPMENT;

  private static final Pattern LOOPBACK =
      Pattern.compile("(localhost|\\[::1]|127(\\.[0-9]{1,3}){3})(:[0-9]*)?");

  private static final List<String> PROXY_MARKS = List.of("Forwarded", "Via", "X-Real-IP");

  /**
   * Whether the credentials of this request may be looked at.
   *
   * @param request the request
   * @return true if it is secure or exempt
   */
  public boolean permits(AuthRequest request) {
    return request.isSecure() || (this != REQUIRED && isLocal(request));
  }

  private static boolean isLocal(AuthRequest request) {
    if (request.isBehindProxies() || !request.clientAddress().isLoopbackAddress()) {
      return false;
    }
    for (String name : request.headerNames()) {
      if (Ascii.startsWithIgnoreCase(name, "X-Forwarded-")
          || PROXY_MARKS.stream().anyMatch(mark -> Ascii.equalsIgnoreCase(mark, name))) {
        return false;
      }
    }
    return request.authority().filter(TransportSecurity::isLoopback).isPresent();
  }

  /** Whether an authority names this machine, with or without a port; names are not looked up. */
  private static boolean isLoopback(String host) {
    return LOOPBACK.matcher(Ascii.lower(host)).matches();
  }
}
