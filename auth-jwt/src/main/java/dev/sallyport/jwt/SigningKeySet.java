package dev.sallyport.jwt;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an issuer of ours: one signs, and it and others verify, each until its end. They
 * change while the host runs. Safe for many threads.
 *
 * <p>Where several nodes verify, let all of them {@linkplain #accept accept} the next key first,
 * and rotate then: a key that is not known yet can't verify.
 *
 * <pre>{@code
 * SigningKeySet keys = SigningKeySet.of(SigningKey.generate(JwsAlgorithm.ES256, random));
 * keys.rotate(SigningKey.generate(JwsAlgorithm.ES256, random), Duration.ofHours(1));
 * }</pre>
 */
public final class SigningKeySet extends VerificationKeys {
  private static final int ID_BYTES = 9;
  private static final Duration MAX_LIFE = Duration.ofDays(3660);

  /** Sets are compared with each other, so one changes at a time. */
  private static final Object CHANGES = new Object();

  private final Set<SigningKeySet> apart = new HashSet<>();
  private final Clock clock;
  private volatile State state;

  /** One key; a secret is kept with what signs, since it can't be written down otherwise. */
  private record Member(VerificationKey key, @Nullable SigningKey secret, @Nullable Instant end) {
    static Member of(SigningKey key, @Nullable Instant end) {
      return new Member(key.verificationKey(), key.algorithm().isSymmetric() ? key : null, end);
    }

    boolean isLive(Instant now) {
      return end == null || now.isBefore(end);
    }

    String jwk() {
      String jwk = secret == null ? Jwk.publicJwk(key) : Jwk.privateJwk(secret);
      return end == null
          ? jwk
          : jwk.substring(0, jwk.length() - 1) + ",\"exp\":" + end.getEpochSecond() + "}";
    }
  }

  private record State(SigningKey current, List<Member> others, KeyTable table) {
    static State of(SigningKey current, List<Member> others) {
      if (others.size() >= JwkSet.MAX_KEYS) {
        throw new IllegalArgumentException(
            "A key set can have at most " + JwkSet.MAX_KEYS + " keys");
      }
      if (ids(current, others).distinct().count() <= others.size()) {
        throw new IllegalArgumentException("Two keys of the set have the same id");
      }
      return new State(
          current,
          others,
          new KeyTable(
              Stream.concat(Stream.of(Member.of(current, null)), others.stream())
                  .map(member -> new KeyTable.Entry(member.key, member.end))
                  .toList()));
    }

    private Stream<SigningKey> secrets() {
      return Stream.concat(
              Stream.of(current), others.stream().flatMap(m -> Stream.ofNullable(m.secret)))
          .filter(key -> key.algorithm().isSymmetric());
    }

    private static Stream<Optional<String>> ids(SigningKey current, List<Member> others) {
      return Stream.concat(
          Stream.of(current.keyId()), others.stream().map(member -> member.key.keyId()));
    }
  }

  private SigningKeySet(State state, Clock clock) {
    this.state = state;
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /**
   * A set of one key.
   *
   * @param current the key that signs; without an id it gets one, which for a public key is its
   *     thumbprint (RFC 7638)
   * @return the set
   */
  public static SigningKeySet of(SigningKey current) {
    return of(current, Clock.systemUTC());
  }

  /**
   * As {@link #of(SigningKey)}, with another clock.
   *
   * @param current the key that signs
   * @param clock what says when keys end
   * @return the set
   */
  public static SigningKeySet of(SigningKey current, Clock clock) {
    return new SigningKeySet(State.of(named(current), List.of()), clock);
  }

  private static SigningKey named(SigningKey key) {
    return key.keyId().isPresent() ? key : key.withKeyId(name(key.verificationKey()));
  }

  private static VerificationKey named(VerificationKey key) {
    return key.keyId().isPresent() ? key : key.withKeyId(name(key));
  }

  /** What every node calls the key. */
  private static String name(VerificationKey key) {
    if (!key.algorithm().isSymmetric()) {
      return Jwk.thumbprint(key);
    }
    byte[] label = "sallyport key id".getBytes(StandardCharsets.US_ASCII);
    byte[] id = new byte[ID_BYTES];
    System.arraycopy(key.mac(label, label.length), 0, id, 0, ID_BYTES);
    return Base64Url.encode(id);
  }

  /**
   * Reads a set that {@link #privateJwkSet} has written.
   *
   * @param json the set
   * @param clock what says when keys end
   * @return the set
   * @throws IllegalArgumentException if it is anything else
   */
  public static SigningKeySet read(String json, Clock clock) {
    return of(JwkSet.members(json), clock);
  }

  static SigningKeySet of(List<JwkFields> all, Clock clock) {
    if (all.isEmpty()) {
      throw new IllegalArgumentException("The set has no signing key");
    }
    if (all.get(0).end() != NumericDate.NONE) {
      throw new IllegalArgumentException(
          "The first key is the signing key and can't have an 'exp'");
    }
    SigningKey current = named(JwkReader.signingKey(all.get(0)));
    List<Member> others = new ArrayList<>();
    for (JwkFields fields : all.subList(1, all.size())) {
      Instant end = fields.end() == NumericDate.NONE ? null : Instant.ofEpochSecond(fields.end());
      others.add(
          current.algorithm().isSymmetric()
              ? Member.of(named(JwkReader.signingKey(fields)), end)
              : new Member(named(JwkReader.verificationKey(fields, null)), null, end));
    }
    return new SigningKeySet(State.of(current, others), clock);
  }

  /**
   * The key that signs now.
   *
   * @return the key, which has an id
   */
  public SigningKey current() {
    return state.current;
  }

  /**
   * Lets another key sign from now on. The former one verifies for a while longer: at least as long
   * as what it has signed lives.
   *
   * @param next the next key; without an id it gets one
   * @param formerLives how long the former verifies, up to 3,660 days; zero for not at all
   * @throws IllegalArgumentException if its id is the former's, it is a secret among public keys or
   *     the reverse, it is a secret that also signs or also makes refresh tokens, or there would be
   *     more than 100 keys
   */
  public void rotate(SigningKey next, Duration formerLives) {
    SigningKey named = named(next);
    Instant now = clock.instant();
    Instant end = end(now, formerLives);
    change(
        former -> {
          if (named.keyId().equals(former.current.keyId())) {
            throw new IllegalArgumentException(
                "The next key has the same id as the current signing key");
          }
          List<Member> others = without(former.others, named.keyId().orElseThrow(), now);
          others.add(0, Member.of(former.current, end));
          return State.of(named, others);
        });
  }

  /**
   * Verifies with another key as well: of another node, or the next one to sign.
   *
   * @param key a public key; without an id it gets one
   * @param lives how long it verifies, up to 3,660 days
   * @throws IllegalArgumentException if its id is that of the key that signs, or it is a secret
   */
  public void accept(VerificationKey key, Duration lives) {
    if (key.algorithm().isSymmetric()) {
      throw new IllegalArgumentException("A shared secret is passed as a SigningKey");
    }
    accept(new Member(named(key), null, end(clock.instant(), lives)));
  }

  /**
   * Verifies with another key as well, which may be a secret.
   *
   * @param key the key; without an id it gets one
   * @param lives how long it verifies, up to 3,660 days
   * @throws IllegalArgumentException if its id is that of the key that signs, it is a secret among
   *     public keys or the reverse, or a secret that also signs or also makes refresh tokens
   */
  public void accept(SigningKey key, Duration lives) {
    accept(Member.of(named(key), end(clock.instant(), lives)));
  }

  private static Instant end(Instant now, Duration lives) {
    if (lives.isNegative() || lives.compareTo(MAX_LIFE) > 0) {
      throw new IllegalArgumentException("A key verifies for 0 to 3660 days longer, not " + lives);
    }
    return now.plus(lives);
  }

  private void accept(Member member) {
    Instant now = clock.instant();
    change(
        former -> {
          List<Member> others = without(former.others, member.key.keyId().orElseThrow(), now);
          others.add(member);
          return State.of(former.current, others);
        });
  }

  /**
   * Ends a key at once, with all that it has signed.
   *
   * @param keyId the id of a key that does not sign
   * @return true if there was such a key
   * @throws IllegalArgumentException if it is the id of the key that signs; rotate first
   */
  public boolean remove(String keyId) {
    Instant now = clock.instant();
    boolean known = state.table.find(keyId, now) != null;
    change(
        former -> {
          if (former.current.keyId().orElseThrow().equals(keyId)) {
            throw new IllegalArgumentException(
                "This is the signing key: rotate before you remove it");
          }
          return State.of(former.current, without(former.others, keyId, now));
        });
    return known;
  }

  /** Those that are alive, but for one. */
  private static List<Member> without(List<Member> members, String keyId, Instant now) {
    return new ArrayList<>(
        members.stream()
            .filter(member -> member.isLive(now) && !member.key.keyId().orElseThrow().equals(keyId))
            .toList());
  }

  private void change(UnaryOperator<State> change) {
    synchronized (CHANGES) {
      State next = change.apply(state);
      apart.forEach(other -> requireApart(next, other.state));
      state = next;
    }
  }

  /** A secret of one is none of the other, now and after each change of either. */
  void keepApartFrom(SigningKeySet other) {
    synchronized (CHANGES) {
      requireApart(state, other.state);
      apart.add(other);
      other.apart.add(this);
    }
  }

  private static void requireApart(State one, State other) {
    if (one.secrets().anyMatch(mine -> other.secrets().anyMatch(mine::hasSecretOf))) {
      throw new IllegalArgumentException(
          "A secret of refresh tokens is used for nothing else, and not to sign access tokens");
    }
  }

  /**
   * The keys that verify now, for whoever publishes them.
   *
   * @return the keys, the one that signs first
   */
  public List<VerificationKey> verificationKeys() {
    Instant now = clock.instant();
    return state.table.entries().stream()
        .filter(entry -> entry.isLive(now))
        .map(KeyTable.Entry::key)
        .toList();
  }

  /**
   * Whether who verifies can't sign, so that the keys can be published.
   *
   * @return false for secrets
   */
  public boolean arePublic() {
    return !current().algorithm().isSymmetric();
  }

  /**
   * All keys with all that makes them sign, for a file that nobody else can read.
   *
   * @return a JWK Set; each key that ends has an {@code exp}
   * @throws IllegalArgumentException if the key that signs can't leave its device or service
   */
  public String privateJwkSet() {
    State now = state;
    List<String> jwks = new ArrayList<>(List.of(Jwk.privateJwk(now.current)));
    now.others.forEach(member -> jwks.add(member.jwk()));
    return JwkSet.write(jwks);
  }

  /** By id alone; null if there is none that has not ended. */
  @Nullable VerificationKey find(String keyId, Instant now) {
    return state.table.find(keyId, now);
  }

  @Override
  @Nullable VerificationKey find(JwsHeader header, Instant now) {
    return state.table.find(header, now);
  }

  @Override
  boolean areOurs() {
    return true;
  }

  @Override
  boolean holds(VerificationKey key, Instant now) {
    return state.table.holds(key, now);
  }

  @Override
  public String toString() {
    return "SigningKeySet" + state.table;
  }
}
