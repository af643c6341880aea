package dev.sallyport.jwt;

import dev.sallyport.scheme.SchemeContext;
import dev.sallyport.scheme.Setting;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenStore;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The keys below {@code auth.jwt}, and what can be wrong with them together. */
final class JwtSettings {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Where in a request our own access tokens are. */
  enum Delivery {
    HEADER,
    COOKIE
  }

  static final Setting<String> REALM = Setting.realm("api");

  static final Setting<String> ISSUER =
      name("issuer", "The iss of our own tokens: the URL of this host. Empty for none.");

  static final Setting<String> AUDIENCE =
      name("audience", "The aud of our own tokens: the name of this API.");

  static final Setting<String> CLIENT_ID =
      name(
          "client-id",
          "The client_id of our own tokens: the application that users log in to. Empty for the"
              + " issuer.");

  static final Setting<Duration> LIFETIME =
      Setting.seconds(
          "lifetime",
          Duration.ofMinutes(5),
          SECOND,
          Duration.ofHours(1),
          "How long an access token lives.");

  static final Setting<Duration> IDLE =
      Setting.seconds(
          "idle",
          Duration.ofDays(30),
          SECOND,
          Duration.ofDays(366),
          "How long a refresh token lives without being used.");

  static final Setting<Duration> ABSOLUTE =
      Setting.seconds(
          "absolute",
          Duration.ofDays(90),
          SECOND,
          Duration.ofDays(366),
          "How long a login lives at most.");

  static final Setting<Duration> GRACE =
      Setting.seconds(
          "grace",
          Duration.ofSeconds(10),
          Duration.ZERO,
          Duration.ofMinutes(5),
          "How long the refresh token just before is answered with the same successor.");

  static final Setting<Integer> MAX = Setting.maxPerUser("logins by JWT");

  static final Setting<TokenLimit.WhenFull> WHEN_FULL =
      Setting.choice(
          "when-full",
          TokenLimit.WhenFull.REMOVE_OLDEST,
          "What happens to one login more than a user may have.");

  static final Setting<Delivery> DELIVERY =
      Setting.choice(
          "delivery", Delivery.HEADER, "Whether tokens are in header and body or in cookies.");

  static final Setting<String> COOKIE_PATH =
      Setting.text(
          "cookie-path",
          "/auth/jwt",
          "a path of letters, digits, - and _ behind each slash",
          "Where refresh and revoke are, to which alone the cookie of the refresh token goes.",
          text -> text.matches("(/[A-Za-z0-9_-]+)+"));

  static final Setting<Boolean> LOOK_UP =
      Setting.flag(
          "look-up",
          false,
          "Whether the store is asked at each request, so that a logout holds at" + " once.");

  static final Setting<Duration> LEEWAY =
      Setting.seconds(
          "leeway",
          Duration.ofSeconds(30),
          Duration.ZERO,
          Duration.ofMinutes(5),
          "How far clocks may be apart.");

  static final Setting<Integer> MAX_LENGTH =
      Setting.of(
          "max-length",
          "",
          "64 to 65536, or empty",
          "The longest token that is looked at, in characters. Empty for what"
              + " auth.max-authorization-length leaves.",
          JwtSettings::length);

  static final Setting<Integer> REMEMBER =
      Setting.integer(
          "remember", 10_000, 0, 10_000_000, "How many tokens are remembered that were good.");

  static final Setting<String> TRUSTED_ISSUER =
      name("trusted-issuer", "The iss of another issuer's tokens. Empty for none.");

  static final Setting<String> TRUSTED_AUDIENCE =
      name("trusted-audience", "The aud that they must hold.");

  static final Setting<String> TRUSTED_KEYS =
      Setting.text(
          "trusted-keys",
          "",
          "an https URL without user info, or an http one of this machine",
          "Where the other issuer publishes its keys, as a JWK Set.",
          text -> text.isEmpty() || hasUserInfo(text) || uri(text) != null);

  static final Setting<String> TRUSTED_TYPE =
      Setting.text(
          "trusted-type",
          TokenType.ACCESS,
          "a typ such as at+jwt or JWT, or any",
          "The typ of the other issuer's tokens.",
          JwtSettings::isType);

  static final Setting<String> TRUSTED_ROLES =
      path("trusted-roles", "The claim in which its roles are believed. Empty for none.");

  static final Setting<String> TRUSTED_SCOPES =
      path("trusted-scopes", "The claim in which its scopes are believed. Empty for none.");

  static final Setting<Map<String, List<String>>> TRUSTED_REQUIRE =
      Setting.list(
          "trusted-require",
          "claim=value, separated by commas; a claim that appears twice may be either",
          "What claims of its tokens must be, beside the audience.",
          JwtSettings::rules);

  static final Setting<Boolean> TRUSTED_WITHOUT_AUDIENCE =
      Setting.flag(
          "trusted-without-audience",
          false,
          "Whether its tokens may have no aud; needs trusted-require.");

  static final Setting<String> TRUSTED_NAME =
      claim("trusted-name", "The claim that is shown as a name. Empty for the subject.");

  /** Settings that mean nothing without our own tokens. */
  private static final List<Setting<?>> OWN =
      List.of(
          AUDIENCE,
          CLIENT_ID,
          LIFETIME,
          IDLE,
          ABSOLUTE,
          GRACE,
          MAX,
          WHEN_FULL,
          DELIVERY,
          COOKIE_PATH,
          LOOK_UP);

  private static final List<Setting<?>> TRUSTED =
      List.of(
          TRUSTED_AUDIENCE,
          TRUSTED_KEYS,
          TRUSTED_TYPE,
          TRUSTED_ROLES,
          TRUSTED_SCOPES,
          TRUSTED_NAME,
          TRUSTED_REQUIRE,
          TRUSTED_WITHOUT_AUDIENCE);

  /** What our own tokens need beside settings. */
  private static final List<Class<?>> NEEDED =
      List.of(CredentialStore.class, JwtKeys.class, TokenStore.class);

  private JwtSettings() {}

  static List<Setting<?>> all() {
    List<Setting<?>> all =
        new ArrayList<>(List.of(REALM, ISSUER, TRUSTED_ISSUER, LEEWAY, MAX_LENGTH, REMEMBER));
    all.addAll(OWN);
    all.addAll(TRUSTED);
    return all;
  }

  private static Setting<String> name(String key, String meaning) {
    return Setting.text(
        key, "", "up to 256 printable ASCII characters", meaning, t -> t.matches("[!-~]{0,256}"));
  }

  private static Setting<String> claim(String key, String meaning) {
    return Setting.text(
        key,
        "",
        "the name of a claim that is not registered (RFC 7519)",
        meaning,
        text -> text.matches("[!-~]{0,256}") && !ClaimName.REGISTERED.contains(text));
  }

  private static Setting<String> path(String key, String meaning) {
    return Setting.text(
        key,
        "",
        "the name of a claim that is not registered (RFC 7519), and names of members inside it"
            + " behind a space each",
        meaning,
        text ->
            text.isEmpty()
                || (text.matches("[ -~]{1,256}") && !ClaimPath.parse(text).names().isEmpty()));
  }

  private static Map<String, List<String>> rules(List<String> rules) {
    Map<String, List<String>> values = new HashMap<>();
    for (String rule : rules) {
      int equals = rule.indexOf('=');
      if (equals < 0 || equals == rule.length() - 1) {
        throw new IllegalArgumentException("no rule");
      }
      String claim = rule.substring(0, equals);
      ClaimPath.of(claim);
      values.computeIfAbsent(claim, none -> new ArrayList<>()).add(rule.substring(equals + 1));
    }
    return values;
  }

  /** 0 for nothing said. */
  private static Integer length(String text) {
    int length = text.isEmpty() ? 0 : Integer.parseInt(text);
    if (length != 0 && (length < JwsVerifier.MIN_LENGTH || length > 65_536)) {
      throw new IllegalArgumentException("out of range");
    }
    return length;
  }

  /** The longest token that is looked at. */
  static int maxLength(SchemeContext context) {
    int said = context.get(MAX_LENGTH);
    return said == 0 ? room(context) : said;
  }

  /** What the field has room for behind the keyword; cookies have a limit of their own. */
  private static int room(SchemeContext context) {
    return context.get(DELIVERY) == Delivery.COOKIE
        ? JwsVerifier.MAX_LENGTH
        : context.maxAuthorizationLength() - "Bearer ".length();
  }

  private static boolean isType(String text) {
    TokenType.of(text);
    return text.matches("[A-Za-z0-9+./-]{1,64}");
  }

  /** Such a URL is refused later, since a value that is refused here is shown. */
  private static boolean hasUserInfo(String text) {
    return text.contains("@");
  }

  static URI uri(String text) {
    return KeySource.checked(URI.create(text));
  }

  static boolean isOn(SchemeContext context, Setting<String> setting) {
    return !context.get(setting).isEmpty();
  }

  /** What contradicts itself, has no effect or is missing. */
  static List<String> faults(SchemeContext context) {
    List<String> faults = new ArrayList<>();
    boolean own = isOn(context, ISSUER);
    boolean trusted = isOn(context, TRUSTED_ISSUER);
    if (!own && !trusted) {
      faults.add("issuer or trusted-issuer must be set: no token could be accepted");
    }
    if (own) {
      addFaultsOfOwn(context, faults);
    }
    boolean withoutAudience = context.get(TRUSTED_WITHOUT_AUDIENCE);
    boolean audience = isOn(context, TRUSTED_AUDIENCE) || withoutAudience;
    if (trusted && (!audience || !isOn(context, TRUSTED_KEYS))) {
      faults.add("trusted-issuer needs trusted-audience and trusted-keys");
    }
    if (withoutAudience && context.get(TRUSTED_REQUIRE).isEmpty()) {
      faults.add("trusted-without-audience needs trusted-require");
    }
    if (maxLength(context) > room(context)) {
      faults.add(
          "max-length ("
              + maxLength(context)
              + ") is more than auth.max-authorization-length"
              + " leaves for a token ("
              + room(context)
              + ")");
    }
    if (hasUserInfo(context.get(TRUSTED_KEYS))) {
      faults.add("trusted-keys is a URL without user info");
    }
    if (own && trusted && context.get(ISSUER).equals(context.get(TRUSTED_ISSUER))) {
      faults.add("trusted-issuer and issuer are the same");
    }
    if (own && trusted && context.get(DELIVERY) == Delivery.COOKIE) {
      faults.add(
          "our own tokens are in cookies, and the trusted issuer's are not: give those an"
              + " authenticator of their own");
    }
    addUseless(context, own ? List.of() : OWN, "issuer", faults);
    addUseless(context, trusted ? List.of() : TRUSTED, "trusted-issuer", faults);
    if (context.get(DELIVERY) == Delivery.HEADER && context.isGiven(COOKIE_PATH)) {
      faults.add("cookie-path has no effect unless delivery is cookie");
    }
    if (context.get(MAX) == Integer.MAX_VALUE && context.isGiven(WHEN_FULL)) {
      faults.add("when-full has no effect where max-per-user is unlimited");
    }
    return faults;
  }

  private static void addFaultsOfOwn(SchemeContext context, List<String> faults) {
    if (!isOn(context, AUDIENCE)) {
      faults.add("issuer needs audience: whom the tokens are for");
    }
    if (maxLength(context) < JwtIssuer.MIN_MAX_LENGTH) {
      faults.add(
          "tokens of our own need a max-length, and room in auth.max-authorization-length, of at"
              + " least "
              + JwtIssuer.MIN_MAX_LENGTH);
    }
    long idle = context.get(IDLE).toSeconds();
    long absolute = context.get(ABSOLUTE).toSeconds();
    if (idle > absolute) {
      faults.add("idle (" + idle + ") is more than absolute (" + absolute + ")");
    }
    for (Class<?> need : NEEDED) {
      if (context.find(need).isEmpty()) {
        String name = need.getSimpleName();
        faults.add("issuer needs a " + name + "; give one by with(" + name + ".class, …)");
      }
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
