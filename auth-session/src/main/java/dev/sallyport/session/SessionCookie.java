package dev.sallyport.session;

import dev.sallyport.SetCookie;
import dev.sallyport.TransportSecurity;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The cookie's name, and how it is written. */
record SessionCookie(String name, boolean forDevelopment) {
  static final String NAME = "__Host-session";
  static final String DEVELOPMENT_NAME = "dev-session";

  static SessionCookie of(TransportSecurity transport) {
    return transport == TransportSecurity.REQUIRED
        ? new SessionCookie(NAME, false)
        : new SessionCookie(DEVELOPMENT_NAME, true);
  }

  SetCookie of(String secret, @Nullable Duration lasting) {
    SetCookie cookie =
        forDevelopment
            ? SetCookie.insecureForDevelopment(name, secret)
            : SetCookie.forHost(name, secret);
    return lasting == null || lasting.toSeconds() < 1 ? cookie : cookie.lasting(lasting);
  }

  SetCookie expired() {
    return of("", null).expired();
  }
}
