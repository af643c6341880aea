package dev.sallyport.jwt;

import dev.sallyport.jwt.dpop.DpopPolicy;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.scheme.SchemeContext;
import dev.sallyport.scheme.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The settings whose keys begin with {@code auth.jwt.dpop}. */
final class DpopSettings {
  private static final String NONE = "none";
  private static final Duration MIN_NONCE = Duration.ofSeconds(10);
  private static final Duration MAX_NONCE = Duration.ofHours(1);

  /** Whether our own tokens are bound to keys of clients. */
  enum Mode {
    OFF,
    ALLOWED,
    REQUIRED
  }

  static final Setting<Mode> MODE =
      Setting.choice(
          "dpop",
          Mode.OFF,
          "Whether a login may or must prove that the client holds a key, which our own tokens are"
              + " then bound to.");

  static final Setting<Duration> MAX_AGE =
      Setting.seconds(
          "dpop-max-age",
          Duration.ofSeconds(60),
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          "How old a proof may be.");

  static final Setting<Optional<Duration>> NONCES =
      Setting.of(
          "dpop-nonces",
          NONE,
          NONE + ", or " + MIN_NONCE.toSeconds() + " to " + MAX_NONCE.toSeconds() + " seconds",
          "How long a nonce can be used, which each proof then needs and by which its age is judged.",
          DpopSettings::nonces);

  static final Setting<List<JwsAlgorithm>> ALGORITHMS =
      Setting.list(
          "dpop-algorithms",
          "names such as ES256 and EdDSA, separated by commas, each once; no HMAC and no ML-DSA",
          "The algorithms that a proof may be signed by. Empty for all of them.",
          DpopSettings::algorithms);

  static final List<Setting<?>> ALL = List.of(MODE, MAX_AGE, NONCES, ALGORITHMS);

  private DpopSettings() {}

  private static Optional<Duration> nonces(String text) {
    if (text.equals(NONE)) {
      return Optional.empty();
    }
    Duration lifetime = Duration.ofSeconds(Long.parseLong(text));
    if (lifetime.compareTo(MIN_NONCE) < 0 || lifetime.compareTo(MAX_NONCE) > 0) {
      throw new IllegalArgumentException("out of range");
    }
    return Optional.of(lifetime);
  }

  private static List<JwsAlgorithm> algorithms(List<String> names) {
    List<JwsAlgorithm> algorithms = new ArrayList<>();
    for (JwsAlgorithm algorithm : JwsAlgorithm.values()) {
      if (names.contains(algorithm.jwaName())) {
        algorithms.add(algorithm);
      }
    }
    if (algorithms.size() != names.size()) {
      throw new IllegalArgumentException("unknown, or twice");
    }
    if (!algorithms.isEmpty()) {
      policyOf(DpopPolicy.allowed(), algorithms); // refuses what no proof can be signed by
    }
    return List.copyOf(algorithms);
  }

  private static DpopPolicy policyOf(DpopPolicy policy, List<JwsAlgorithm> algorithms) {
    return policy.withAlgorithms(algorithms.toArray(JwsAlgorithm[]::new));
  }

  static boolean areOn(SchemeContext context) {
    return context.get(MODE) != Mode.OFF;
  }

  /** The policy; empty where DPoP is off. */
  static Optional<DpopPolicy> policy(SchemeContext context) {
    if (!areOn(context)) {
      return Optional.empty();
    }
    DpopPolicy policy =
        (context.get(MODE) == Mode.REQUIRED ? DpopPolicy.required() : DpopPolicy.allowed())
            .withMaxAge(context.get(MAX_AGE));
    List<JwsAlgorithm> algorithms = context.get(ALGORITHMS);
    DpopPolicy signed = algorithms.isEmpty() ? policy : policyOf(policy, algorithms);
    return Optional.of(context.get(NONCES).map(signed::withNonces).orElse(signed));
  }

  /** Adds what has no effect, in words. */
  static void addFaults(SchemeContext context, JwtFaults faults) {
    for (Setting<?> setting : ALL) {
      faults.addIf(
          !areOn(context) && setting != MODE && context.isGiven(setting),
          setting.key() + " has no effect where dpop is off");
    }
    faults.addIf(
        areOn(context) && context.get(NONCES).isPresent() && context.isGiven(MAX_AGE),
        "dpop-max-age has no effect where proofs need nonces: dpop-nonces is their age");
  }
}
