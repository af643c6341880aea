package dev.sallyport.jwt.key;

import static dev.sallyport.jwt.key.KeyNames.named;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.jwt.json.JsonWriter;
import dev.sallyport.jwt.key.KeyTable.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an issuer of our own: one signs, and it and the others verify until they expire. They
 * can change while the host is running. Safe for many threads.
 *
 * <p>If several nodes verify, share a {@link KeyFile}, or first let all of them {@linkplain #accept
 * accept} the next key and then rotate: a key that a node doesn't know yet can't verify there.
 *
 * <pre>{@code
 * SigningKeySet keys = SigningKeySet.of(SigningKey.generate(JwsAlgorithm.ES256, random));
 * keys.rotate(SigningKey.generate(JwsAlgorithm.ES256, random), Duration.ofHours(1));
 * }</pre>
 */
public final class SigningKeySet extends VerificationKeys {
  private static final Duration MAX_LIFE = Duration.ofDays(3660);

  /** Sets are compared with each other, so only one changes at a time. */
  private static final Object CHANGES = new Object();

  private final Set<SigningKeySet> apart = new HashSet<>();
  private @Nullable Use use;

  private volatile SigningKeys state;

  /** A secret with two uses would let what is made for one pass as the other. */
  private enum Use {
    SIGNING,
    REFRESH
  }

  private SigningKeySet(AuthEnvironment environment, SigningKeys state, @Nullable KeyWatch watch) {
    super(environment, watch);
    this.state = state;
  }

  /**
   * Creates a set of one key.
   *
   * @param current the signing key; if it has no id it gets one, which for a public key is its
   *     thumbprint (RFC 7638)
   * @return the set
   */
  public static SigningKeySet of(SigningKey current) {
    return of(AuthEnvironment.standard(), current);
  }

  /**
   * As {@link #of(SigningKey)}, in the given environment.
   *
   * @param environment supplies the clock by which keys expire
   * @param current the signing key
   * @return the set
   */
  public static SigningKeySet of(AuthEnvironment environment, SigningKey current) {
    return new SigningKeySet(
        environment, SigningKeys.of(environment, named(current), List.of()), null);
  }

  /**
   * Reads a set written by {@link #privateJwkSet}.
   *
   * @param environment supplies the clock by which keys expire
   * @param json the set
   * @return the set
   * @throws IllegalArgumentException if it is anything else
   */
  public static SigningKeySet read(AuthEnvironment environment, String json) {
    return of(environment, JwkSet.members(json));
  }

  static SigningKeySet of(AuthEnvironment environment, List<JwkFields> all) {
    return new SigningKeySet(environment, SigningKeys.read(environment, all), null);
  }

  /** The same keys as a set that follows a file. */
  SigningKeySet watchedBy(KeyWatch watch) {
    return new SigningKeySet(environment(), state, watch);
  }

  /** The keys, after a look at their file if it is time for one. */
  private SigningKeys state() {
    if (watch != null) {
      watch.lookIfDue();
    }
    return state;
  }

  /** {@return the current signing key, which has an id} */
  public SigningKey current() {
    return state().current();
  }

  /**
   * Makes another key the signing key. The previous one keeps verifying for a while: choose at
   * least the lifetime of the tokens that it has signed.
   *
   * @param next the next key; if it has no id it gets one
   * @param formerLives how long the previous key keeps verifying, up to 3,660 days; zero for not at
   *     all
   * @throws IllegalArgumentException if the duration is out of range, its id is the previous key's,
   *     it is a secret among public keys or the reverse, it is a secret used both to sign access
   *     tokens and to make refresh tokens, or there would be more than 100 keys
   */
  public void rotate(SigningKey next, Duration formerLives) {
    SigningKey named = named(next);
    Instant now = environment().now();
    Instant end = end(now, formerLives);
    change(
        former -> {
          if (named.keyId().equals(former.current().keyId())) {
            throw new IllegalArgumentException(
                "The next key has the same id as the current signing key");
          }
          List<Entry> others = former.othersWithout(named.keyId().orElseThrow(), now);
          others.add(0, Entry.of(former.current(), end));
          return SigningKeys.of(environment(), named, others);
        });
  }

  /**
   * Also accepts signatures of another key: another node's, or the next signing key.
   *
   * @param key a public key; if it has no id it gets one
   * @param lives how long it verifies, up to 3,660 days
   * @throws IllegalArgumentException if its id is that of the signing key, it is a secret or among
   *     secrets, the duration is out of range, or there would be more than 100 keys
   */
  public void accept(VerificationKey key, Duration lives) {
    if (key.algorithm().isSymmetric()) {
      throw new IllegalArgumentException("A shared secret must be passed as a SigningKey");
    }
    accept(new Entry(named(key), null, end(environment().now(), lives)));
  }

  /**
   * Also accepts signatures of another key, which may be a secret.
   *
   * @param key the key; if it has no id it gets one
   * @param lives how long it verifies, up to 3,660 days
   * @throws IllegalArgumentException if its id is that of the signing key, it is a secret among
   *     public keys or the reverse, it is a secret used both to sign access tokens and to make
   *     refresh tokens, the duration is out of range, or there would be more than 100 keys
   */
  public void accept(SigningKey key, Duration lives) {
    accept(Entry.of(named(key), end(environment().now(), lives)));
  }

  private static Instant end(Instant now, Duration lives) {
    if (lives.isNegative() || lives.compareTo(MAX_LIFE) > 0) {
      throw new IllegalArgumentException(
          "A key must verify for 0 to 3660 days longer, not " + lives);
    }
    return now.plus(lives);
  }

  private void accept(Entry entry) {
    Instant now = environment().now();
    change(
        former -> {
          List<Entry> others = former.othersWithout(entry.key().keyId().orElseThrow(), now);
          others.add(entry);
          return SigningKeys.of(environment(), former.current(), others);
        });
  }

  /**
   * Withdraws a key at once, and with it everything that it has signed.
   *
   * @param keyId the id of a key other than the signing key
   * @return true if there was such a key
   * @throws IllegalArgumentException if it is the id of the signing key; rotate first
   */
  public boolean remove(String keyId) {
    Instant now = environment().now();
    boolean known = state.table().find(keyId, now) != null;
    change(
        former -> {
          if (former.current().keyId().orElseThrow().equals(keyId)) {
            throw new IllegalArgumentException(
                "This is the signing key: rotate before you remove it");
          }
          return SigningKeys.of(environment(), former.current(), former.othersWithout(keyId, now));
        });
    return known;
  }

  private void change(UnaryOperator<SigningKeys> change) {
    if (watch != null) {
      throw new IllegalStateException(
          "These keys are kept in the " + watch + ": change them there, with KeyFile.change");
    }
    synchronized (CHANGES) {
      SigningKeys next = change.apply(state);
      apart.forEach(other -> requireApart(next, other.state));
      state = next;
    }
  }

  /**
   * Takes over what a file holds now, for both sets at once. Keys that stay are the same objects,
   * so that tokens verified with them stay remembered.
   */
  static void replace(JwtKeys live, JwtKeys read) {
    SigningKeySet signing = live.signing();
    SigningKeySet refresh = live.refresh();
    synchronized (CHANGES) {
      SigningKeys nextSigning = read.signing().state.keeping(signing.state);
      SigningKeys nextRefresh = read.refresh().state.keeping(refresh.state);
      signing.requireApartFromOthers(nextSigning, refresh);
      refresh.requireApartFromOthers(nextRefresh, signing);
      signing.state = nextSigning;
      refresh.state = nextRefresh;
    }
  }

  private void requireApartFromOthers(SigningKeys next, SigningKeySet pair) {
    apart.stream().filter(other -> other != pair).forEach(o -> requireApart(next, o.state));
  }

  /**
   * Reserves the set for signing tokens: its keys can't make refresh tokens any more.
   *
   * @throws IllegalArgumentException if they do already
   */
  public void reserveForSigning() {
    synchronized (CHANGES) {
      reserve(Use.SIGNING);
    }
  }

  private void reserve(Use wanted) {
    if (use != null && use != wanted) {
      throw shared();
    }
    use = wanted;
  }

  /**
   * Reserves this set for refresh tokens and the other for signing, and makes sure that the two
   * share no secret, now and after each change of either.
   */
  void keepApartFrom(SigningKeySet other) {
    synchronized (CHANGES) {
      requireApart(state, other.state);
      reserve(Use.REFRESH);
      other.reserve(Use.SIGNING);
      apart.add(other);
      other.apart.add(this);
    }
  }

  private static void requireApart(SigningKeys one, SigningKeys other) {
    if (one.secrets().anyMatch(mine -> other.secrets().anyMatch(mine::hasSecretOf))) {
      throw shared();
    }
  }

  private static IllegalArgumentException shared() {
    return new IllegalArgumentException(
        "A secret of refresh tokens must not be used for anything else, such as signing access tokens");
  }

  /** {@return the keys that verify now, for publication; the signing key comes first} */
  public List<VerificationKey> verificationKeys() {
    if (watch != null) {
      watch.look(); // whoever fetches them may not ask again for a while
    }
    return state.table().live(environment().now());
  }

  /** {@return whether these are public keys, which can be published; false for secrets} */
  public boolean arePublic() {
    return !state.current().algorithm().isSymmetric();
  }

  /**
   * Writes all keys with their private parts, for a file that nobody else can read.
   *
   * @return a JWK Set; each key that expires has an {@code exp}
   * @throws IllegalArgumentException if the signing key can't leave its device or service
   */
  public String privateJwkSet() {
    return JsonWriter.text(privateSet());
  }

  Map<String, Object> privateSet() {
    return state.privateSet();
  }

  /**
   * Finds a shared secret of the set, the current one or an older one that is still accepted.
   *
   * @param keyId its id
   * @param now the time at which it must be valid
   * @return the secret; empty if there is none, as for every id of a public key
   */
  public Optional<SigningKey> secret(String keyId, Instant now) {
    Optional<SigningKey> found = state().secret(keyId, now);
    return found.isPresent() ? found : latest(keyId).flatMap(keys -> keys.secret(keyId, now));
  }

  @Override
  public Optional<VerificationKey> find(String algorithm, @Nullable String keyId, Instant now) {
    Optional<VerificationKey> found = state().table().find(algorithm, keyId, now);
    return found.isPresent()
        ? found
        : latest(keyId).flatMap(keys -> keys.table().find(algorithm, keyId, now));
  }

  /** Another node may have rotated just now: an unknown id is looked for in the file. */
  private Optional<SigningKeys> latest(@Nullable String keyId) {
    if (watch == null || keyId == null) {
      return Optional.empty();
    }
    watch.look();
    return Optional.of(state);
  }

  @Override
  public boolean holds(VerificationKey key, Instant now) {
    return state().table().holds(key, now);
  }

  @Override
  public String toString() {
    return "SigningKeySet" + state.table();
  }
}
