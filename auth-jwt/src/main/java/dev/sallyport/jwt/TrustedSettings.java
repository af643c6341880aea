package dev.sallyport.jwt;

import dev.sallyport.jwt.fetch.IssuerUrl;
import dev.sallyport.jwt.fetch.RemoteJson;
import dev.sallyport.jwt.jws.TokenType;
import dev.sallyport.jwt.key.RemoteKeySet;
import dev.sallyport.jwt.token.ClaimPath;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import dev.sallyport.scheme.SchemeContext;
import dev.sallyport.scheme.Setting;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The settings of another issuer's tokens below {@code auth.jwt}, and the issuer they describe. */
record TrustedSettings(SchemeContext context) {
  private static final String UNREGISTERED =
      "the name of a claim that is not registered (RFC 7519)";

  static final Setting<String> ISSUER =
      JwtScheme.name("trusted-issuer", "The iss of another issuer's tokens. Empty for none.");

  private static final Setting<String> AUDIENCE =
      JwtScheme.name("trusted-audience", "The aud that its tokens must have.");

  private static final Setting<String> KEYS =
      Setting.text(
          "trusted-keys",
          "",
          "an https URL without user info, or an http one of this machine",
          "Where the other issuer publishes its keys, as a JWK Set. Empty to discover it from the"
              + " issuer.",
          text -> text.isEmpty() || hasUserInfo(text) || uri(text) != null);

  private static final Setting<String> TYPE =
      Setting.text(
          "trusted-type",
          TokenType.ACCESS,
          "a typ such as at+jwt or JWT, or any",
          "The typ of the other issuer's tokens.",
          text -> text.matches("[A-Za-z0-9+./-]{1,64}") && TokenType.of(text) != null);

  private static final Setting<String> ROLES =
      path("trusted-roles", "The claim that holds its roles. Empty for none.");

  private static final Setting<String> SCOPES =
      path("trusted-scopes", "The claim that holds its scopes. Empty for none.");

  private static final Setting<Map<String, List<String>>> REQUIRE =
      Setting.list(
          "trusted-require",
          "claim=value, separated by commas; a claim that appears twice may be either",
          "Claims that its tokens must have, besides the audience.",
          TrustedSettings::rules);

  private static final Setting<Boolean> WITHOUT_AUDIENCE =
      Setting.flag(
          "trusted-without-audience",
          false,
          "Whether its tokens may have no aud; needs trusted-require.");

  private static final Setting<String> NAME =
      Setting.text(
          "trusted-name",
          "",
          UNREGISTERED,
          "The claim that is shown as a name. Empty for the subject.",
          text -> text.matches("[!-~]{0,256}") && !VerifiedJwt.REGISTERED_CLAIMS.contains(text));

  /** All but the issuer; they mean nothing without it. */
  static final List<Setting<?>> OTHERS =
      List.of(AUDIENCE, KEYS, TYPE, ROLES, SCOPES, NAME, REQUIRE, WITHOUT_AUDIENCE);

  private static Setting<String> path(String key, String meaning) {
    return Setting.text(
        key,
        "",
        UNREGISTERED + ", and names of members inside it behind a space each",
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

  /** Such a URL is refused later, because a value that is refused here is shown. */
  private static boolean hasUserInfo(String text) {
    return text.contains("@");
  }

  private static URI uri(String text) {
    return RemoteJson.checked(URI.create(text));
  }

  boolean areOn() {
    return has(ISSUER);
  }

  private boolean has(Setting<String> setting) {
    return !context.get(setting).isEmpty();
  }

  void addFaults(JwtFaults faults) {
    boolean withoutAudience = context.get(WITHOUT_AUDIENCE);
    if (areOn()) {
      faults.addIf(!has(AUDIENCE) && !withoutAudience, "trusted-issuer needs trusted-audience");
      faults.addIf(
          !has(KEYS) && !IssuerUrl.is(context.get(ISSUER)),
          "trusted-issuer needs trusted-keys, unless it is an https URL without user info, query"
              + " and fragment, where its keys can be discovered");
    } else {
      faults.addGiven(OTHERS, "trusted-issuer");
    }
    faults.addIf(
        withoutAudience && context.get(REQUIRE).isEmpty(),
        "trusted-without-audience needs trusted-require");
    faults.addIf(hasUserInfo(context.get(KEYS)), "trusted-keys must be a URL without user info");
  }

  /** What its tokens must say. */
  JwtVerifier.Builder verifier() {
    String name = context.get(ISSUER);
    RemoteKeySet.Builder keys =
        has(KEYS)
            ? RemoteKeySet.builder(context.environment(), uri(context.get(KEYS)))
            : RemoteKeySet.discovering(context.environment(), name);
    JwtVerifier.Builder verifier = JwtVerifier.builder(keys.build()).issuer(name);
    if (has(AUDIENCE)) {
      verifier.audience(context.get(AUDIENCE));
    }
    if (context.get(WITHOUT_AUDIENCE)) {
      verifier.acceptWithoutAudience();
    }
    context
        .get(REQUIRE)
        .forEach((claim, values) -> verifier.require(claim, values.toArray(String[]::new)));
    String type = context.get(TYPE);
    return type.equals("any") ? verifier.acceptAnyType() : verifier.type(type);
  }

  TrustedIssuer issuer(JwtVerifier.Builder verifier) {
    TrustedIssuer issuer = TrustedIssuer.of(verifier.build());
    if (has(ROLES)) {
      issuer = issuer.withRoles(ClaimPath.parse(context.get(ROLES)));
    }
    if (has(SCOPES)) {
      issuer = issuer.withScopes(ClaimPath.parse(context.get(SCOPES)));
    }
    return has(NAME) ? issuer.withName(context.get(NAME)) : issuer;
  }
}
