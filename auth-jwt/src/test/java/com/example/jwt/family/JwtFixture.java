package com.example.jwt.family;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.Client;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.jwt.refresh.JwtIssuer;
import dev.sallyport.jwt.refresh.RefreshFamilies;
import dev.sallyport.jwt.refresh.RefreshResult;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.Secrets;
import dev.sallyport.testkit.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Alice and Bob, one store, and two nodes over it. Both know the same two refresh keys, and each
 * makes its refresh tokens with another of them.
 */
final class JwtFixture {
  static final String ISSUER = "https://api.example";
  static final String AUDIENCE = "https://api.example/notes";
  static final Client CLIENT = new Client(InetAddress.getLoopbackAddress(), "Firefox");
  static final Duration ACCESS = Duration.ofMinutes(5);
  static final Duration GRACE = Duration.ofSeconds(10);
  static final Duration MILLI = Duration.ofMillis(1);
  static final SigningKey SIGNING = key(JwsAlgorithm.ES256);
  static final byte[] SECRET = random(32);
  static final SigningKey FIRST = secret(SECRET).withKeyId("first");
  static final SigningKey SECOND = secret(random(32)).withKeyId("second");
  private static final Duration YEAR = Duration.ofDays(365);

  final SettableClock clock = SettableClock.create();
  final RecordingListener events = new RecordingListener();
  final TokenStore store = TokenStore.inMemory();
  final AccountStore users = CredentialStore.inMemory();
  final User alice = add("alice");
  final User bob = add("bob");
  final SigningKeySet signing =
      SigningKeySet.of(AuthEnvironment.standard().withClock(clock), SIGNING);
  final Node first;
  final Node second;

  /** What differs from the defaults. */
  record Options(
      UnaryOperator<AuthEnvironment> environment,
      UnaryOperator<JwtIssuer.Builder> issuer,
      UnaryOperator<RefreshFamilies.Builder> families,
      UnaryOperator<JwtAuthenticator.Builder> authenticator) {
    static Options none() {
      return new Options(e -> e, b -> b, b -> b, b -> b);
    }

    Options in(UnaryOperator<AuthEnvironment> other) {
      return new Options(other, issuer, families, authenticator);
    }

    Options issuer(UnaryOperator<JwtIssuer.Builder> other) {
      return new Options(environment, other, families, authenticator);
    }

    Options families(UnaryOperator<RefreshFamilies.Builder> other) {
      return new Options(environment, issuer, other, authenticator);
    }

    Options authenticator(UnaryOperator<JwtAuthenticator.Builder> other) {
      return new Options(environment, issuer, families, other);
    }
  }

  JwtFixture() {
    this(Options.none());
  }

  JwtFixture(UnaryOperator<RefreshFamilies.Builder> families) {
    this(Options.none().families(families));
  }

  JwtFixture(Options options) {
    first = new Node(this, refreshKeys(FIRST, SECOND), options);
    second = new Node(this, refreshKeys(SECOND, FIRST), options);
  }

  private SigningKeySet refreshKeys(SigningKey current, SigningKey other) {
    SigningKeySet keys = SigningKeySet.of(AuthEnvironment.standard().withClock(clock), current);
    keys.accept(other, YEAR);
    return keys;
  }

  static SigningKey key(JwsAlgorithm algorithm) {
    return SigningKey.generate(algorithm, new SecureRandom());
  }

  static SigningKey secret(byte[] bytes) {
    return SigningKey.ofSecret(JwsAlgorithm.HS256, bytes);
  }

  static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  private User add(String name) {
    User user = User.builder("id-" + name, name).roles(Set.of("editor", "reader")).build();
    users.insert(user);
    return user(user.id());
  }

  User user(String id) {
    return users.findById(id).orElseThrow();
  }

  /** Changes alice's row alone: no record is touched. */
  void change(UnaryOperator<User.Builder> change) {
    User now = user(alice.id());
    assertThat(users.update(now, change.apply(now.toBuilder()).build()))
        .isEqualTo(AccountStore.Change.DONE);
  }

  /** Alice logs in at the first node. */
  TokenPair start() {
    return start(user(alice.id()));
  }

  TokenPair start(User user) {
    return remembered(first.families.start(user, clock.instant(), CLIENT, null).orElseThrow());
  }

  static TokenPair remembered(TokenPair pair) {
    Secrets.remember(pair.accessToken().reveal());
    Secrets.remember(pair.refreshToken().reveal());
    return pair;
  }

  static TokenPair pair(RefreshResult result) {
    assertThat(result).isInstanceOf(RefreshResult.Refreshed.class);
    return ((RefreshResult.Refreshed) result).tokens();
  }

  static void assertRefused(RefreshResult result, String reason) {
    assertThat(result)
        .isEqualTo(new RefreshResult.Refused(new Reason(reason, Refusal.INVALID_TOKEN)));
  }

  /** What is kept of alice's logins, live or ended by her epoch. */
  List<TokenRecord> records() {
    return store.list(alice.id(), Set.of(TokenKind.FAMILY), clock.instant());
  }

  boolean isKept(TokenPair pair) {
    return store
        .find(TokenKind.FAMILY, SecretDigest.of(pair.family().id()), clock.instant())
        .isPresent();
  }

  static JsonNode header(String jwt) {
    return part(jwt, 0);
  }

  static JsonNode claims(String jwt) {
    return part(jwt, 1);
  }

  private static JsonNode part(String jwt, int index) {
    try {
      return new ObjectMapper()
          .readTree(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[index]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The refreshes that were heard of, either the first of a token or those within the grace. */
  List<AuthEvent.RefreshRotated> rotated(boolean repeated) {
    return events.events(AuthEvent.RefreshRotated.class).stream()
        .filter(event -> event.repeated() == repeated)
        .toList();
  }
}
