package com.example.jwt;

import static com.example.jwt.WiredIssuers.A;
import static com.example.jwt.WiredIssuers.reason;
import static com.example.jwt.WiredIssuers.token;
import static com.example.jwt.WiredIssuers.who;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.Plan;
import dev.sallyport.Principal;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.TrustedIssuer;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.testkit.Plans;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.TestRequest;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignPrincipalTest {
  private final WiredIssuers wired = new WiredIssuers();
  private final SigningKey key = wired.keyOfA;

  private JwtAuthenticator all() {
    return wired.taking(wired.a().withRoles("groups").withScopes("scp").withName("email"));
  }

  @Test
  @DisplayName("JW-5 claims that are called as those of a host's own tokens are believed if named")
  void calledAsOurs() {
    String token =
        token(
            key,
            A,
            "roles",
            "[\"a\"]",
            "scope",
            "\"r w\"",
            "username",
            "\"Alice\"",
            "sid",
            "\"s\"");
    JwtAuthenticator taking =
        wired.taking(wired.a().withRoles("roles").withScopes("scope").withName("username"));
    Authenticated who = who(taking, token);
    assertThat(who.principal())
        .isEqualTo(new Principal("https://a.example|alice", "Alice", Set.of("a")));
    assertThat(who.scopes()).contains(Set.of("r", "w"));
    assertThat(who.credentialId()).isEmpty();
  }

  @Test
  @DisplayName("JW-5 by default: a qualified id, the subject for a name, no roles, and no scope")
  void defaults() {
    String token =
        token(
            key,
            A,
            "roles",
            "[\"admin\"]",
            "scope",
            "\"account\"",
            "scp",
            "\"account\"",
            "groups",
            "\"admin\"",
            "name",
            "\"root\"",
            "username",
            "\"root\"",
            "email",
            "\"x@y\"",
            "epoch",
            "7",
            "sid",
            "\"s\"",
            "auth_time",
            "1");
    Authenticated who = who(wired.taking(wired.a()), token);
    assertThat(who.principal())
        .isEqualTo(new Principal("https://a.example|alice", "alice", Set.of()));
    assertThat(who.scopes()).contains(Set.of());
    assertThat(who.allows("account")).isFalse();
    assertThat(who.allows("")).isFalse();
    assertThat(who.epoch()).isEmpty();
    assertThat(who.authenticatedAt()).isEmpty();
    assertThat(who.credentialId()).isEmpty();
    assertThat(who.scheme()).isEqualTo("jwt");
    assertThat(who.expiresAt()).contains(Instant.ofEpochSecond(Forge.NOW + 300));
    assertThat(who.attributes()).containsEntry("groups", "admin").containsEntry("epoch", 7L);
    assertThat(who(wired.taking(wired.a()), token(key, A, "jti", "\"7\"")).credentialId())
        .contains("7");
  }

  @Test
  @DisplayName("JW-5 roles, scopes and name come from the claims that the host names")
  void named() {
    Authenticated who =
        who(
            all(),
            token(
                key,
                A,
                "groups",
                "[\"a\",\"b\",\"a\"]",
                "scp",
                "\"read  write\"",
                "email",
                "\"x@y\""));
    assertThat(who.principal()).isEqualTo(new Principal(A + "|alice", "x@y", Set.of("a", "b")));
    assertThat(who.scopes()).contains(Set.of("read", "write"));
    Authenticated words = who(all(), token(key, A, "scp", "[\"read\"]"));
    assertThat(words.principal().name()).isEqualTo("alice");
    assertThat(words.allows("read")).isTrue();
    Authenticated empty = who(all(), token(key, A, "groups", "[]", "scp", "\"\""));
    assertThat(empty.principal().roles()).isEmpty();
    assertThat(empty.scopes()).contains(Set.of());
    Authenticated absent = who(all(), token(key, A, "groups", "null"));
    assertThat(absent.principal().roles()).isEmpty();
    assertThat(absent.scopes()).contains(Set.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"groups", "scp"})
  @DisplayName("JW-5 roles and scopes of another shape give none, and are an event")
  void shapes(String claim) {
    RecordingListener events = new RecordingListener();
    JwtAuthenticator taking =
        wired.taking(
            TrustedIssuer.of(
                    WiredIssuers.builder(
                            AuthEnvironment.standard().withClock(wired.clock).withListener(events),
                            A,
                            wired.keyOfA)
                        .build())
                .withRoles("groups")
                .withScopes("scp"));
    int heard = 0;
    for (String bad :
        new String[] {
          "7", "true", "{}", "{\"admin\":true}", "[7]", "[null]", "[[\"a\"]]", "[\"a\",1]"
        }) {
      Authenticated who = who(taking, token(key, A, claim, bad));
      assertThat(who.principal().roles()).isEmpty();
      assertThat(who.scopes()).contains(Set.of());
      assertThat(events.events(AuthEvent.SchemeEvent.class)).hasSize(++heard);
      assertThat(events.events(AuthEvent.SchemeEvent.class).get(heard - 1).details())
          .isEqualTo(Map.of("issuer", A, "claim", claim));
      assertThat(who(wired.taking(wired.a()), token(key, A, claim, bad))).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "7", "true", "[\"x\"]", "{}"})
  @DisplayName("JW-5 a name that is empty or no text refuses the token")
  void names(String bad) {
    assertThat(reason(all(), token(key, A, "email", bad))).isEqualTo("bad_claims");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "iss", "sub", "aud", "exp", "nbf", "iat", "jti"})
  @DisplayName("JW-5 a registered claim is no claim for roles, scopes or a name")
  void registered(String claim) {
    assertThatIllegalArgumentException().isThrownBy(() -> wired.a().withRoles(claim));
    assertThatIllegalArgumentException().isThrownBy(() -> wired.a().withScopes(claim));
    assertThatIllegalArgumentException().isThrownBy(() -> wired.a().withName(claim));
  }

  @Test
  @DisplayName("JW-5 the host says who it is, once a token, and has still no local account of it")
  void mapped() {
    AtomicInteger calls = new AtomicInteger();
    JwtAuthenticator mapping =
        wired.taking(
            wired
                .a()
                .withRoles("groups")
                .withPrincipal(
                    (jwt, given) -> {
                      calls.incrementAndGet();
                      return new Principal("local-" + jwt.subject(), given.id(), given.roles());
                    }));
    String token = token(key, A, "groups", "[\"a\"]");
    for (int i = 0; i < 5; i++) {
      Authenticated who = who(mapping, token);
      assertThat(who.principal())
          .isEqualTo(new Principal("local-alice", A + "|alice", Set.of("a")));
      assertThat(who.epoch()).isEmpty();
      assertThat(who.scopes()).contains(Set.of());
    }
    assertThat(calls).hasValue(1);
    JwtAuthenticator none = wired.taking(wired.a().withPrincipal((jwt, given) -> null));
    assertThat(reason(none, token)).isEqualTo("no_principal");
  }

  @Test
  @DisplayName("JW-5 who has no principal is rejected, and asked for again at the next use")
  void unmapped() {
    AtomicReference<Principal> known = new AtomicReference<>();
    JwtAuthenticator mapping = wired.taking(wired.a().withPrincipal((jwt, given) -> known.get()));
    String token = token(key, A);
    assertThat(reason(mapping, token)).isEqualTo("no_principal");
    assertThat(reason(mapping, token)).isEqualTo("no_principal");
    Principal alice = new Principal("7", "alice", Set.of());
    known.set(alice);
    assertThat(who(mapping, token).principal()).isEqualTo(alice);
  }

  @Test
  @DisplayName("AD-9, JW-5 the host, which may block, is asked who it is in a lane, at every use")
  void planned() {
    AtomicReference<Principal> known = new AtomicReference<>();
    JwtAuthenticator mapping = wired.taking(wired.a().withPrincipal((jwt, given) -> known.get()));
    AuthRequest request = TestRequest.get("/").authorization("Bearer " + token(key, A)).build();
    for (int i = 0; i < 3; i++) {
      assertThat(Plans.works(mapping.plan(request))).containsExactly(Plan.Work.STORE);
    }
    known.set(new Principal("7", "alice", Set.of()));
    assertThat(Plans.works(mapping.plan(request))).containsExactly(Plan.Work.STORE);
    known.set(null);
    assertThat(mapping.plan(request))
        .isInstanceOfSatisfying(
            Plan.Done.class, done -> assertThat(done.result()).isInstanceOf(Authenticated.class));
  }

  @Test
  @DisplayName("JW-5 two authenticators over one verifier mix up no principals of its tokens")
  void shared() {
    JwtVerifier verifier = wired.verifier(A, key);
    TrustedIssuer plain = TrustedIssuer.of(verifier);
    JwtAuthenticator one = wired.taking(plain);
    JwtAuthenticator other = wired.taking(plain.withRoles("groups"));
    String token = token(key, A, "groups", "[\"admin\"]");
    for (int i = 0; i < 3; i++) {
      assertThat(who(one, token).principal().roles()).isEmpty();
      assertThat(who(other, token).principal().roles()).containsExactly("admin");
    }
  }
}
