package dev.sallyport.scheme;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.OriginPolicy;
import dev.sallyport.TransportSecurity;
import dev.sallyport.TrustedProxies;
import dev.sallyport.guard.Permission;
import java.time.Duration;
import java.util.List;

/** The keys that are no scheme's: those below {@code auth.} and {@code auth.passwords.} itself. */
final class CoreSettings {
  static final Setting<List<String>> CHAIN =
      Setting.of(
          "chain",
          "session, basic",
          "names of schemes, separated by commas, each once",
          "The schemes in the order in which they are asked.",
          Setting::elements);

  static final Setting<Permission> PERMISSION =
      Setting.of(
          "permission",
          "authenticated",
          "anyone, authenticated, authenticated-or-read-only, role:NAME, scope:NAME",
          "The permission of a route that names none.",
          CoreSettings::permission);

  static final Setting<TransportSecurity> TRANSPORT =
      Setting.choice(
          "transport",
          TransportSecurity.REQUIRED,
          "Whether credentials are accepted over HTTPS only.");

  static final Setting<OriginPolicy> ORIGINS =
      Setting.list(
          "trusted-origins",
          "origins such as https://app.example or capacitor://localhost, separated by commas",
          "Other origins whose pages may send unsafe requests.",
          OriginPolicy::trusting);

  static final Setting<TrustedProxies> PROXIES =
      Setting.list(
          "trusted-proxies",
          "addresses and networks such as 10.0.0.0/8, separated by commas",
          "The proxies that are believed about the client's address and HTTPS.",
          TrustedProxies::of);

  static final Setting<List<String>> NAT64 =
      Setting.list(
          "nat64-prefixes",
          "IPv6 networks of 96 bits such as 2001:db8:64::/96, separated by commas",
          "Prefixes of a NAT64 before clients, whose addresses are the IPv4 addresses in them.",
          CoreSettings::nat64);

  static final Setting<Integer> MAX_AUTHORIZATION =
      Setting.integer(
          "max-authorization-length",
          8192,
          256,
          65_536,
          "The longest Authorization field that is looked at, in characters.");

  static final Setting<Boolean> OUTLIVE =
      Setting.flag(
          "tokens-outlive-password-change",
          false,
          "Whether opaque tokens live on when their user changes the password.");

  static final Setting<String> MOUNT =
      Setting.of(
          "mount-path",
          "",
          "empty, or a path such as /app without a trailing slash",
          "The path that the whole site is mounted under, such as a servlet context path.",
          CoreSettings::mountPath);

  static final List<Setting<?>> GENERAL =
      List.of(
          CHAIN, PERMISSION, TRANSPORT, ORIGINS, PROXIES, NAT64, MAX_AUTHORIZATION, OUTLIVE, MOUNT);

  static final Setting<Integer> COST =
      Setting.integer("cost", 12, 10, 16, "The cost of bcrypt; each step doubles its time.");

  static final Setting<Integer> AT_A_TIME =
      Setting.of(
          "max-concurrent-hashes",
          "processors",
          "processors, or 1 to 1024",
          "How many hashes are computed at a time.",
          CoreSettings::turns);

  static final Setting<Duration> MAX_WAIT =
      Setting.seconds(
          "max-wait",
          Duration.ofSeconds(2),
          Duration.ZERO,
          Duration.ofMinutes(1),
          "How long a check waits for its turn.");

  static final Setting<Boolean> REMEMBER =
      Setting.flag(
          "remember", true, "Whether a password that was right is not hashed again for 5 minutes.");

  static final Setting<Integer> DEAREST_STORED =
      Setting.integer(
          "dearest-stored",
          0,
          0,
          65_536,
          "The work (2^cost of bcrypt) of the most expensive hash still stored; every failed check then"
              + " costs as much.");

  static final Setting<Integer> DEAREST_DJANGO =
      Setting.integer(
          "dearest-django",
          0,
          0,
          5_000_000,
          "The highest number of Django's PBKDF2 iterations still stored; every failed check then costs as much.");

  static final Setting<Integer> BUDGET =
      Setting.integer(
          "budget",
          600,
          1,
          1_000_000,
          "How many hashes a client's network may have before it is served after all others.");

  static final Setting<Duration> BUDGET_WINDOW =
      Setting.seconds(
          "budget-window",
          Duration.ofMinutes(15),
          Duration.ofSeconds(1),
          Duration.ofDays(1),
          "The window of that budget.");

  static final List<Setting<?>> PASSWORDS =
      List.of(
          COST,
          DEAREST_STORED,
          DEAREST_DJANGO,
          AT_A_TIME,
          MAX_WAIT,
          BUDGET,
          BUDGET_WINDOW,
          REMEMBER);

  private CoreSettings() {}

  private static List<String> nat64(List<String> prefixes) {
    TrustedProxies.none().withNat64(prefixes);
    return List.copyOf(prefixes);
  }

  private static String mountPath(String path) {
    return AuthEnvironment.standard().withMountPath(path).mountPath();
  }

  private static Integer turns(String text) {
    if (text.equals("processors")) {
      return Runtime.getRuntime().availableProcessors();
    }
    int turns = Integer.parseInt(text);
    if (turns < 1 || turns > 1024) {
      throw new IllegalArgumentException();
    }
    return turns;
  }

  private static Permission permission(String text) {
    if (text.startsWith("role:") && text.length() > "role:".length()) {
      return Permission.role(text.substring("role:".length()));
    }
    if (text.startsWith("scope:")) {
      return Permission.scope(text.substring("scope:".length()));
    }
    return switch (text) {
      case "anyone" -> Permission.anyone();
      case "authenticated" -> Permission.authenticated();
      case "authenticated-or-read-only" -> Permission.authenticatedOrReadOnly();
      default -> throw new IllegalArgumentException();
    };
  }
}
