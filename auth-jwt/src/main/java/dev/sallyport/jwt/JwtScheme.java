package dev.sallyport.jwt;

import dev.sallyport.Authenticator;
import dev.sallyport.scheme.SchemeContext;
import dev.sallyport.scheme.SchemeProvider;
import dev.sallyport.scheme.Setting;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenStore;
import java.util.List;

/** JWTs by the name {@code jwt}. Found by {@link java.util.ServiceLoader}. */
public final class JwtScheme implements SchemeProvider {
  private static final int SEEN_BYTES = 3200;

  /** Made by the service loader. */
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
    List<String> faults = JwtSettings.faults(context);
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", faults));
    }
    JwtAuthenticator.Builder authenticator =
        JwtAuthenticator.builder()
            .realm(context.get(JwtSettings.REALM))
            .transport(context.transport())
            .origins(context.origins());
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
            .lifetime(context.get(JwtSettings.LIFETIME))
            .random(context.random())
            .build();
    RefreshFamilies.Builder families =
        RefreshFamilies.builder(
                issuer,
                keys.refresh(),
                context.get(TokenStore.class),
                context.get(CredentialStore.class))
            .lifetime(context.get(JwtSettings.IDLE), context.get(JwtSettings.ABSOLUTE))
            .grace(context.get(JwtSettings.GRACE))
            .limit(new TokenLimit(context.get(JwtSettings.MAX), context.get(JwtSettings.WHEN_FULL)))
            .transport(context.transport())
            .listener(context.listener())
            .clock(context.clock())
            .random(context.random());
    return (context.get(JwtSettings.DELIVERY) == JwtSettings.Delivery.COOKIE
            ? families.inCookies(context.get(JwtSettings.COOKIE_PATH))
            : families)
        .build();
  }

  private static TrustedIssuer trusted(SchemeContext context) {
    RemoteKeySet keys =
        RemoteKeySet.builder(JwtSettings.uri(context.get(JwtSettings.TRUSTED_KEYS)))
            .listener(context.listener())
            .build();
    JwtVerifier.Builder verifier =
        tuned(JwtVerifier.builder(keys), context)
            .issuer(context.get(JwtSettings.TRUSTED_ISSUER))
            .audience(context.get(JwtSettings.TRUSTED_AUDIENCE))
            .clock(context.clock());
    String type = context.get(JwtSettings.TRUSTED_TYPE);
    verifier = type.equals("any") ? verifier.acceptAnyType() : verifier.type(type);
    TrustedIssuer issuer = TrustedIssuer.of(verifier.build());
    if (JwtSettings.isOn(context, JwtSettings.TRUSTED_ROLES)) {
      issuer = issuer.withRoles(context.get(JwtSettings.TRUSTED_ROLES));
    }
    if (JwtSettings.isOn(context, JwtSettings.TRUSTED_SCOPES)) {
      issuer = issuer.withScopes(context.get(JwtSettings.TRUSTED_SCOPES));
    }
    return JwtSettings.isOn(context, JwtSettings.TRUSTED_NAME)
        ? issuer.withName(context.get(JwtSettings.TRUSTED_NAME))
        : issuer;
  }

  private static JwtVerifier.Builder tuned(JwtVerifier.Builder verifier, SchemeContext context) {
    int entries = context.get(JwtSettings.REMEMBER);
    return (entries == 0
            ? verifier.rememberNone()
            : verifier.remember(entries, Math.max(64 << 10, (long) entries * SEEN_BYTES)))
        .leeway(context.get(JwtSettings.LEEWAY));
  }
}
