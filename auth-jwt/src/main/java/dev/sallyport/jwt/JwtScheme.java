package dev.sallyport.jwt;

import dev.sallyport.Authenticator;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.scheme.SchemeContext;
import dev.sallyport.scheme.SchemeProvider;
import dev.sallyport.scheme.Setting;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The scheme {@code jwt}. Found by {@link java.util.ServiceLoader}. */
public final class JwtScheme implements SchemeProvider {
  private static final int SEEN_BYTES = 3200;

  private static final Setting<String> REALM = Setting.realm("api");

  private static final Setting<Duration> LEEWAY =
      Setting.seconds(
          "leeway",
          Duration.ofSeconds(30),
          Duration.ZERO,
          Duration.ofMinutes(5),
          "How far apart clocks may be.");

  private static final Setting<Integer> MAX_LENGTH =
      Setting.of(
          "max-length",
          "",
          "64 to 65536, or empty",
          "The longest token that is looked at, in characters. Empty for what"
              + " auth.max-authorization-length leaves.",
          JwtScheme::length);

  private static final Setting<Integer> REMEMBER =
      Setting.integer(
          "remember", 10_000, 0, 10_000_000, "How many verified tokens are remembered.");

  /** Called by the service loader. */
  public JwtScheme() {}

  @Override
  public String name() {
    return Identity.SCHEME;
  }

  @Override
  public List<Setting<?>> settings() {
    return Stream.of(
            List.of(REALM, OwnSettings.ISSUER, TrustedSettings.ISSUER),
            List.of(LEEWAY, MAX_LENGTH, REMEMBER),
            OwnSettings.OTHERS,
            TrustedSettings.OTHERS)
        .<Setting<?>>flatMap(List::stream)
        .toList();
  }

  @Override
  public Authenticator create(SchemeContext context) {
    OwnSettings own = new OwnSettings(context, maxLength(context));
    TrustedSettings trusted = new TrustedSettings(context);
    requireNoFaults(context, own, trusted);
    JwtAuthenticator.Builder authenticator = JwtAuthenticator.builder().realm(context.get(REALM));
    if (own.areOn()) {
      authenticator.own(own.families()).ownVerifiedBy(verifier -> tuned(verifier, context).build());
    }
    if (trusted.areOn()) {
      authenticator.trust(trusted.issuer(tuned(trusted.verifier(), context)));
    }
    if (own.lookUp()) {
      authenticator.lookUp();
    }
    return authenticator.build();
  }

  private static void requireNoFaults(
      SchemeContext context, OwnSettings own, TrustedSettings trusted) {
    JwtFaults faults = new JwtFaults(context);
    faults.addIf(
        !own.areOn() && !trusted.areOn(),
        "issuer or trusted-issuer must be set: no token could be accepted");
    own.addFaults(faults);
    trusted.addFaults(faults);
    int length = maxLength(context);
    int room = room(context);
    faults.addIf(
        length > room,
        "max-length ("
            + length
            + ") is more than auth.max-authorization-length leaves for a token ("
            + room
            + ")");
    boolean both = own.areOn() && trusted.areOn();
    faults.addIf(
        both && context.get(OwnSettings.ISSUER).equals(context.get(TrustedSettings.ISSUER)),
        "trusted-issuer and issuer are the same");
    faults.addIf(
        both && OwnSettings.areInCookies(context),
        "our own tokens are in cookies, and the trusted issuer's are not: give those an"
            + " authenticator of their own");
    faults.requireNone();
  }

  private static JwtVerifier.Builder tuned(JwtVerifier.Builder verifier, SchemeContext context) {
    int entries = context.get(REMEMBER);
    return verifier
        .remember(entries, Math.max(64 << 10, (long) entries * SEEN_BYTES))
        .leeway(context.get(LEEWAY))
        .maxLength(maxLength(context));
  }

  /** The length of the longest token that is considered. */
  private static int maxLength(SchemeContext context) {
    int said = context.get(MAX_LENGTH);
    return said == 0 ? room(context) : said;
  }

  /** The room that the header field has after the keyword; cookies have a limit of their own. */
  private static int room(SchemeContext context) {
    return OwnSettings.areInCookies(context)
        ? JwtVerifier.DEFAULT_MAX_LENGTH
        : context.maxAuthorizationLength() - "Bearer ".length();
  }

  /** 0 if it is not set. */
  private static Integer length(String text) {
    int length = text.isEmpty() ? 0 : Integer.parseInt(text);
    if (length != 0 && (length < JwtVerifier.MIN_MAX_LENGTH || length > 65_536)) {
      throw new IllegalArgumentException("out of range");
    }
    return length;
  }

  /** A setting that names an issuer, an audience or a client; by default it is empty. */
  static Setting<String> name(String key, String meaning) {
    return Setting.text(
        key, "", "up to 256 printable ASCII characters", meaning, t -> t.matches("[!-~]{0,256}"));
  }
}
