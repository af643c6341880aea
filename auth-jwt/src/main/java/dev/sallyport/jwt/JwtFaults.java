package dev.sallyport.jwt;

import dev.sallyport.jwt.fetch.IssuerUrl;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.jwt.refresh.JwtIssuer;
import dev.sallyport.scheme.SchemeContext;
import dev.sallyport.scheme.Setting;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import java.util.ArrayList;
import java.util.List;

/** Finds settings that contradict each other, have no effect, or are missing. */
final class JwtFaults {
  /** What our own tokens need besides settings. */
  private static final List<Class<?>> NEEDED =
      List.of(CredentialStore.class, JwtKeys.class, TokenStore.class);

  private JwtFaults() {}

  /** The faults, in words; empty if there are none. */
  static List<String> of(SchemeContext context) {
    List<String> faults = new ArrayList<>();
    boolean own = JwtSettings.isOn(context, JwtSettings.ISSUER);
    boolean trusted = JwtSettings.isOn(context, JwtSettings.TRUSTED_ISSUER);
    if (!own && !trusted) {
      faults.add("issuer or trusted-issuer must be set: no token could be accepted");
    }
    if (own) {
      addFaultsOfOwn(context, faults);
    }
    addFaultsOfTrusted(context, trusted, faults);
    if (JwtSettings.maxLength(context) > JwtSettings.room(context)) {
      faults.add(
          "max-length ("
              + JwtSettings.maxLength(context)
              + ") is more than auth.max-authorization-length"
              + " leaves for a token ("
              + JwtSettings.room(context)
              + ")");
    }
    if (JwtSettings.hasUserInfo(context.get(JwtSettings.TRUSTED_KEYS))) {
      faults.add("trusted-keys must be a URL without user info");
    }
    if (own
        && trusted
        && context.get(JwtSettings.ISSUER).equals(context.get(JwtSettings.TRUSTED_ISSUER))) {
      faults.add("trusted-issuer and issuer are the same");
    }
    if (own && trusted && context.get(JwtSettings.DELIVERY) == JwtSettings.Delivery.COOKIE) {
      faults.add(
          "our own tokens are in cookies, and the trusted issuer's are not: give those an"
              + " authenticator of their own");
    }
    addIneffective(context, own, trusted, faults);
    return faults;
  }

  private static void addFaultsOfOwn(SchemeContext context, List<String> faults) {
    if (!JwtSettings.isOn(context, JwtSettings.AUDIENCE)) {
      faults.add("issuer needs audience: whom the tokens are for");
    }
    if (JwtSettings.maxLength(context) < JwtIssuer.MIN_MAX_LENGTH) {
      faults.add(
          "our own tokens need a max-length, and room in auth.max-authorization-length, of at"
              + " least "
              + JwtIssuer.MIN_MAX_LENGTH);
    }
    long idle = context.get(JwtSettings.IDLE).toSeconds();
    long absolute = context.get(JwtSettings.ABSOLUTE).toSeconds();
    if (idle > absolute) {
      faults.add("idle (" + idle + ") is more than absolute (" + absolute + ")");
    }
    if (context.get(JwtSettings.DPOP) != JwtSettings.Dpop.OFF
        && context.get(JwtSettings.DELIVERY) == JwtSettings.Delivery.COOKIE) {
      faults.add("dpop must be off where delivery is cookie: cookies are sent without a proof");
    }
    for (Class<?> need : NEEDED) {
      if (context.find(need).isEmpty()) {
        String name = need.getSimpleName();
        faults.add("issuer needs a " + name + "; give one by with(" + name + ".class, …)");
      }
    }
  }

  private static void addFaultsOfTrusted(
      SchemeContext context, boolean trusted, List<String> faults) {
    boolean withoutAudience = context.get(JwtSettings.TRUSTED_WITHOUT_AUDIENCE);
    boolean audience = JwtSettings.isOn(context, JwtSettings.TRUSTED_AUDIENCE) || withoutAudience;
    if (trusted && !audience) {
      faults.add("trusted-issuer needs trusted-audience");
    }
    if (trusted
        && !JwtSettings.isOn(context, JwtSettings.TRUSTED_KEYS)
        && !IssuerUrl.is(context.get(JwtSettings.TRUSTED_ISSUER))) {
      faults.add(
          "trusted-issuer needs trusted-keys, unless it is an https URL without user info, query"
              + " and fragment, where its keys can be discovered");
    }
    if (withoutAudience && context.get(JwtSettings.TRUSTED_REQUIRE).isEmpty()) {
      faults.add("trusted-without-audience needs trusted-require");
    }
  }

  private static void addIneffective(
      SchemeContext context, boolean own, boolean trusted, List<String> faults) {
    addUseless(context, own ? List.of() : JwtSettings.OWN, "issuer", faults);
    addUseless(context, trusted ? List.of() : JwtSettings.TRUSTED, "trusted-issuer", faults);
    if (context.get(JwtSettings.DELIVERY) == JwtSettings.Delivery.HEADER
        && context.isGiven(JwtSettings.COOKIE_PATH)) {
      faults.add("cookie-path has no effect unless delivery is cookie");
    }
    if (context.get(JwtSettings.MAX) == Integer.MAX_VALUE
        && context.isGiven(JwtSettings.WHEN_FULL)) {
      faults.add("when-full has no effect where max-per-user is unlimited");
    }
  }

  private static void addUseless(
      SchemeContext context, List<Setting<?>> settings, String without, List<String> faults) {
    for (Setting<?> setting : settings) {
      if (context.isGiven(setting)) {
        faults.add(setting.key() + " has no effect without " + without);
      }
    }
  }
}
