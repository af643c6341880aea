package dev.sallyport.jwt;

import dev.sallyport.Authenticator;
import dev.sallyport.jwt.dpop.DpopPolicy;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.jwt.key.RemoteKeySet;
import dev.sallyport.jwt.refresh.JwtIssuer;
import dev.sallyport.jwt.refresh.RefreshFamilies;
import dev.sallyport.jwt.token.ClaimPath;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.scheme.SchemeContext;
import dev.sallyport.scheme.SchemeProvider;
import dev.sallyport.scheme.Setting;
import dev.sallyport.store.Lifetime;
import dev.sallyport.store.TokenLimit;
import java.util.List;

/** The scheme {@code jwt}. Found by {@link java.util.ServiceLoader}. */
public final class JwtScheme implements SchemeProvider {
  private static final int SEEN_BYTES = 3200;

  /** Called by the service loader. */
  public JwtScheme() {}

  @Override
  public String name() {
    return Identity.SCHEME;
  }

  @Override
  public List<Setting<?>> settings() {
    return JwtSettings.all();
  }

  @Override
  public Authenticator create(SchemeContext context) {
    List<String> faults = JwtFaults.of(context);
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", faults));
    }
    JwtAuthenticator.Builder authenticator =
        JwtAuthenticator.builder().realm(context.get(JwtSettings.REALM));
    if (JwtSettings.isOn(context, JwtSettings.ISSUER)) {
      authenticator.own(families(context)).ownVerifiedBy(own -> tuned(own, context).build());
    }
    if (JwtSettings.isOn(context, JwtSettings.TRUSTED_ISSUER)) {
      authenticator.trust(trusted(context));
    }
    if (context.get(JwtSettings.LOOK_UP)) {
      authenticator.lookUp();
    }
    return authenticator.build();
  }

  private static RefreshFamilies families(SchemeContext context) {
    JwtKeys keys = context.get(JwtKeys.class);
    JwtIssuer issuer =
        JwtIssuer.builder(
                context.get(JwtSettings.ISSUER), context.get(JwtSettings.AUDIENCE), keys.signing())
            .clientId(clientId(context))
            .lifetime(context.get(JwtSettings.LIFETIME))
            .maxLength(Math.min(JwtIssuer.DEFAULT_MAX_LENGTH, JwtSettings.maxLength(context)))
            .build();
    RefreshFamilies.Builder families =
        RefreshFamilies.builder(context.auth(), issuer, keys.refresh())
            .lifetime(
                Lifetime.sliding(context.get(JwtSettings.IDLE), context.get(JwtSettings.ABSOLUTE)))
            .grace(context.get(JwtSettings.GRACE))
            .limit(
                new TokenLimit(context.get(JwtSettings.MAX), context.get(JwtSettings.WHEN_FULL)));
    switch (context.get(JwtSettings.DPOP)) {
      case ALLOWED -> families.dpop(DpopPolicy.allowed());
      case REQUIRED -> families.dpop(DpopPolicy.required());
      case OFF -> {}
    }
    return (context.get(JwtSettings.DELIVERY) == JwtSettings.Delivery.COOKIE
            ? families.inCookies(context.get(JwtSettings.COOKIE_PATH))
            : families)
        .build();
  }

  private static String clientId(SchemeContext context) {
    return context.get(
        JwtSettings.isOn(context, JwtSettings.CLIENT_ID)
            ? JwtSettings.CLIENT_ID
            : JwtSettings.ISSUER);
  }

  private static TrustedIssuer trusted(SchemeContext context) {
    String name = context.get(JwtSettings.TRUSTED_ISSUER);
    RemoteKeySet.Builder keys =
        JwtSettings.isOn(context, JwtSettings.TRUSTED_KEYS)
            ? RemoteKeySet.builder(
                context.environment(), JwtSettings.uri(context.get(JwtSettings.TRUSTED_KEYS)))
            : RemoteKeySet.discovering(context.environment(), name);
    JwtVerifier.Builder verifier = tuned(JwtVerifier.builder(keys.build()), context).issuer(name);
    if (JwtSettings.isOn(context, JwtSettings.TRUSTED_AUDIENCE)) {
      verifier.audience(context.get(JwtSettings.TRUSTED_AUDIENCE));
    }
    if (context.get(JwtSettings.TRUSTED_WITHOUT_AUDIENCE)) {
      verifier.acceptWithoutAudience();
    }
    context
        .get(JwtSettings.TRUSTED_REQUIRE)
        .forEach((claim, values) -> verifier.require(claim, values.toArray(String[]::new)));
    String type = context.get(JwtSettings.TRUSTED_TYPE);
    TrustedIssuer issuer =
        TrustedIssuer.of(
            (type.equals("any") ? verifier.acceptAnyType() : verifier.type(type)).build());
    if (JwtSettings.isOn(context, JwtSettings.TRUSTED_ROLES)) {
      issuer = issuer.withRoles(ClaimPath.parse(context.get(JwtSettings.TRUSTED_ROLES)));
    }
    if (JwtSettings.isOn(context, JwtSettings.TRUSTED_SCOPES)) {
      issuer = issuer.withScopes(ClaimPath.parse(context.get(JwtSettings.TRUSTED_SCOPES)));
    }
    return JwtSettings.isOn(context, JwtSettings.TRUSTED_NAME)
        ? issuer.withName(context.get(JwtSettings.TRUSTED_NAME))
        : issuer;
  }

  private static JwtVerifier.Builder tuned(JwtVerifier.Builder verifier, SchemeContext context) {
    int entries = context.get(JwtSettings.REMEMBER);
    return verifier
        .remember(entries, Math.max(64 << 10, (long) entries * SEEN_BYTES))
        .leeway(context.get(JwtSettings.LEEWAY))
        .maxLength(JwtSettings.maxLength(context));
  }
}
