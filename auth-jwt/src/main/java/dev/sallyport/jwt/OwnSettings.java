package dev.sallyport.jwt;

import dev.sallyport.jwt.dpop.DpopPolicy;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.jwt.refresh.JwtIssuer;
import dev.sallyport.jwt.refresh.RefreshFamilies;
import dev.sallyport.scheme.SchemeContext;
import dev.sallyport.scheme.Setting;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.Lifetime;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenStore;
import java.time.Duration;
import java.util.List;

/**
 * The settings of our own tokens below {@code auth.jwt}, and the families that they describe.
 *
 * @param maxLength of the longest token that is considered
 */
record OwnSettings(SchemeContext context, int maxLength) {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** What our own tokens need besides settings. */
  private static final List<Class<?>> NEEDED =
      List.of(CredentialStore.class, JwtKeys.class, TokenStore.class);

  /** Where a request carries our own access tokens. */
  private enum Delivery {
    HEADER,
    COOKIE
  }

  /** Whether our own tokens are bound to keys of clients. */
  private enum Dpop {
    OFF,
    ALLOWED,
    REQUIRED
  }

  static final Setting<String> ISSUER =
      JwtScheme.name("issuer", "The iss of our own tokens: the URL of this host. Empty for none.");

  private static final Setting<String> AUDIENCE =
      JwtScheme.name("audience", "The aud of our own tokens: the name of this API.");

  private static final Setting<String> CLIENT_ID =
      JwtScheme.name(
          "client-id",
          "The client_id of our own tokens: the application that users log in to. Empty for the"
              + " issuer.");

  private static final Setting<Duration> LIFETIME =
      Setting.seconds(
          "lifetime",
          Duration.ofMinutes(5),
          SECOND,
          Duration.ofHours(1),
          "How long an access token lives.");

  private static final Setting<Duration> IDLE =
      Setting.seconds(
          "idle",
          Duration.ofDays(30),
          SECOND,
          Duration.ofDays(366),
          "How long a refresh token lives without being used.");

  private static final Setting<Duration> ABSOLUTE =
      Setting.seconds(
          "absolute",
          Duration.ofDays(90),
          SECOND,
          Duration.ofDays(366),
          "How long a login lives at most.");

  private static final Setting<Duration> GRACE =
      Setting.seconds(
          "grace",
          Duration.ofSeconds(10),
          Duration.ZERO,
          Duration.ofMinutes(5),
          "How long the refresh token just before is answered with the same successor.");

  private static final Setting<Integer> MAX = Setting.maxPerUser("logins by JWT");

  private static final Setting<TokenLimit.WhenFull> WHEN_FULL =
      Setting.choice(
          "when-full",
          TokenLimit.WhenFull.REMOVE_OLDEST,
          "What happens when a user has the maximum number of logins.");

  private static final Setting<Delivery> DELIVERY =
      Setting.choice(
          "delivery", Delivery.HEADER, "Whether tokens are in header and body or in cookies.");

  private static final Setting<String> COOKIE_PATH =
      Setting.text(
          "cookie-path",
          "/auth/jwt",
          "a path of letters, digits, - and _ behind each slash",
          "The path of refresh and revoke, the only one that the refresh token's cookie is sent to.",
          text -> text.matches("(/[A-Za-z0-9_-]+)+"));

  private static final Setting<Dpop> DPOP =
      Setting.choice(
          "dpop",
          Dpop.OFF,
          "Whether a login may or must prove that the client holds a key, which our own tokens are"
              + " then bound to.");

  private static final Setting<Boolean> LOOK_UP =
      Setting.flag(
          "look-up",
          false,
          "Whether the store is asked at each request, so that a logout holds at once.");

  /** All but the issuer; they mean nothing without it. */
  static final List<Setting<?>> OTHERS =
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

  static boolean areInCookies(SchemeContext context) {
    return context.get(DELIVERY) == Delivery.COOKIE;
  }

  boolean areOn() {
    return !context.get(ISSUER).isEmpty();
  }

  boolean lookUp() {
    return context.get(LOOK_UP);
  }

  void addFaults(JwtFaults faults) {
    if (areOn()) {
      addMissing(faults);
    } else {
      faults.addGiven(OTHERS, "issuer");
    }
    faults.addIf(
        !areInCookies(context) && context.isGiven(COOKIE_PATH),
        "cookie-path has no effect unless delivery is cookie");
    faults.addIf(
        context.get(MAX) == Integer.MAX_VALUE && context.isGiven(WHEN_FULL),
        "when-full has no effect where max-per-user is unlimited");
  }

  private void addMissing(JwtFaults faults) {
    faults.addIf(context.get(AUDIENCE).isEmpty(), "issuer needs audience: whom the tokens are for");
    faults.addIf(
        maxLength < JwtIssuer.MIN_MAX_LENGTH,
        "our own tokens need a max-length, and room in auth.max-authorization-length, of at least "
            + JwtIssuer.MIN_MAX_LENGTH);
    long idle = context.get(IDLE).toSeconds();
    long absolute = context.get(ABSOLUTE).toSeconds();
    faults.addIf(idle > absolute, "idle (" + idle + ") is more than absolute (" + absolute + ")");
    faults.addIf(
        context.get(DPOP) != Dpop.OFF && areInCookies(context),
        "dpop must be off where delivery is cookie: cookies are sent without a proof");
    for (Class<?> need : NEEDED) {
      String name = need.getSimpleName();
      faults.addIf(
          context.find(need).isEmpty(),
          "issuer needs a " + name + "; give one by with(" + name + ".class, …)");
    }
  }

  RefreshFamilies families() {
    JwtKeys keys = context.get(JwtKeys.class);
    JwtIssuer issuer =
        JwtIssuer.builder(context.get(ISSUER), context.get(AUDIENCE), keys.signing())
            .clientId(context.get(context.get(CLIENT_ID).isEmpty() ? ISSUER : CLIENT_ID))
            .lifetime(context.get(LIFETIME))
            .maxLength(Math.min(JwtIssuer.DEFAULT_MAX_LENGTH, maxLength))
            .build();
    RefreshFamilies.Builder families =
        RefreshFamilies.builder(context.auth(), issuer, keys.refresh())
            .lifetime(Lifetime.sliding(context.get(IDLE), context.get(ABSOLUTE)))
            .grace(context.get(GRACE))
            .limit(new TokenLimit(context.get(MAX), context.get(WHEN_FULL)));
    switch (context.get(DPOP)) {
      case ALLOWED -> families.dpop(DpopPolicy.allowed());
      case REQUIRED -> families.dpop(DpopPolicy.required());
      case OFF -> {}
    }
    return areInCookies(context)
        ? families.inCookies(context.get(COOKIE_PATH)).build()
        : families.build();
  }
}
