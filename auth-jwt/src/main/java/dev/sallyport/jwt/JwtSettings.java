package dev.sallyport.jwt;

import dev.sallyport.jwt.fetch.RemoteJson;
import dev.sallyport.jwt.jws.TokenType;
import dev.sallyport.jwt.token.ClaimPath;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import dev.sallyport.scheme.SchemeContext;
import dev.sallyport.scheme.Setting;
import dev.sallyport.store.TokenLimit;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The settings below {@code auth.jwt}. */
final class JwtSettings {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Where a request carries our own access tokens. */
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
          "What happens when a user has the maximum number of logins.");

  static final Setting<Delivery> DELIVERY =
      Setting.choice(
          "delivery", Delivery.HEADER, "Whether tokens are in header and body or in cookies.");

  static final Setting<String> COOKIE_PATH =
      Setting.text(
          "cookie-path",
          "/auth/jwt",
          "a path of letters, digits, - and _ behind each slash",
          "The path of refresh and revoke, the only one that the refresh token's cookie is sent to.",
          text -> text.matches("(/[A-Za-z0-9_-]+)+"));

  /** Whether our own tokens are bound to keys of clients. */
  enum Dpop {
    OFF,
    ALLOWED,
    REQUIRED
  }

  static final Setting<Dpop> DPOP =
      Setting.choice(
          "dpop",
          Dpop.OFF,
          "Whether a login may or must prove that the client holds a key, which our own tokens are"
              + " then bound to.");

  static final Setting<Boolean> LOOK_UP =
      Setting.flag(
          "look-up",
          false,
          "Whether the store is asked at each request, so that a logout holds at once.");

  static final Setting<Duration> LEEWAY =
      Setting.seconds(
          "leeway",
          Duration.ofSeconds(30),
          Duration.ZERO,
          Duration.ofMinutes(5),
          "How far apart clocks may be.");

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
          "remember", 10_000, 0, 10_000_000, "How many verified tokens are remembered.");

  static final Setting<String> TRUSTED_ISSUER =
      name("trusted-issuer", "The iss of another issuer's tokens. Empty for none.");

  static final Setting<String> TRUSTED_AUDIENCE =
      name("trusted-audience", "The aud that its tokens must have.");

  static final Setting<String> TRUSTED_KEYS =
      Setting.text(
          "trusted-keys",
          "",
          "an https URL without user info, or an http one of this machine",
          "Where the other issuer publishes its keys, as a JWK Set. Empty to discover it from the"
              + " issuer.",
          text -> text.isEmpty() || hasUserInfo(text) || uri(text) != null);

  static final Setting<String> TRUSTED_TYPE =
      Setting.text(
          "trusted-type",
          TokenType.ACCESS,
          "a typ such as at+jwt or JWT, or any",
          "The typ of the other issuer's tokens.",
          JwtSettings::isType);

  static final Setting<String> TRUSTED_ROLES =
      path("trusted-roles", "The claim that holds its roles. Empty for none.");

  static final Setting<String> TRUSTED_SCOPES =
      path("trusted-scopes", "The claim that holds its scopes. Empty for none.");

  static final Setting<Map<String, List<String>>> TRUSTED_REQUIRE =
      Setting.list(
          "trusted-require",
          "claim=value, separated by commas; a claim that appears twice may be either",
          "Claims that its tokens must have, besides the audience.",
          JwtSettings::rules);

  static final Setting<Boolean> TRUSTED_WITHOUT_AUDIENCE =
      Setting.flag(
          "trusted-without-audience",
          false,
          "Whether its tokens may have no aud; needs trusted-require.");

  static final Setting<String> TRUSTED_NAME =
      claim("trusted-name", "The claim that is shown as a name. Empty for the subject.");

  /** Settings that mean nothing without our own tokens. */
  static final List<Setting<?>> OWN =
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
          DPOP,
          LOOK_UP);

  static final List<Setting<?>> TRUSTED =
      List.of(
          TRUSTED_AUDIENCE,
          TRUSTED_KEYS,
          TRUSTED_TYPE,
          TRUSTED_ROLES,
          TRUSTED_SCOPES,
          TRUSTED_NAME,
          TRUSTED_REQUIRE,
          TRUSTED_WITHOUT_AUDIENCE);

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
        text -> text.matches("[!-~]{0,256}") && !VerifiedJwt.REGISTERED_CLAIMS.contains(text));
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
                || (text.matches("[ -~]{1,256}") && !ClaimPath.parse(text).toString().isEmpty()));
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

  /** 0 if it is not set. */
  private static Integer length(String text) {
    int length = text.isEmpty() ? 0 : Integer.parseInt(text);
    if (length != 0 && (length < JwtVerifier.MIN_MAX_LENGTH || length > 65_536)) {
      throw new IllegalArgumentException("out of range");
    }
    return length;
  }

  /** The length of the longest token that is considered. */
  static int maxLength(SchemeContext context) {
    int said = context.get(MAX_LENGTH);
    return said == 0 ? room(context) : said;
  }

  /** The room that the header field has after the keyword; cookies have a limit of their own. */
  static int room(SchemeContext context) {
    return context.get(DELIVERY) == Delivery.COOKIE
        ? JwtVerifier.DEFAULT_MAX_LENGTH
        : context.maxAuthorizationLength() - "Bearer ".length();
  }

  private static boolean isType(String text) {
    TokenType.of(text);
    return text.matches("[A-Za-z0-9+./-]{1,64}");
  }

  /** Such a URL is refused later, because a value that is refused here is shown. */
  static boolean hasUserInfo(String text) {
    return text.contains("@");
  }

  static URI uri(String text) {
    return RemoteJson.checked(URI.create(text));
  }

  static boolean isOn(SchemeContext context, Setting<String> setting) {
    return !context.get(setting).isEmpty();
  }
}
