package com.example.jwt;

import static com.example.jwt.AskedServer.ISSUER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Challenge;
import dev.sallyport.NotAttempted;
import dev.sallyport.Principal;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.jwt.IntrospectionAuthenticator;
import dev.sallyport.jwt.token.TokenIntrospector;
import dev.sallyport.testkit.TestRequest;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntrospectionAuthenticatorTest {
  private final AskedServer asked = new AskedServer();
  private final TokenIntrospector introspector = asked.builder().build();
  private final IntrospectionAuthenticator plain = IntrospectionAuthenticator.of(introspector);
  private final IntrospectionAuthenticator named =
      IntrospectionAuthenticator.builder(introspector)
          .roles("realm_access", "roles")
          .scopes("scope")
          .name("username")
          .realm("notes")
          .build();

  @AfterEach
  void stop() {
    asked.close();
  }

  private static TestRequest with(String token) {
    return TestRequest.get("/").authorization("Bearer " + token);
  }

  private static Authenticated who(IntrospectionAuthenticator by, String token) {
    AuthResult result = by.authenticate(with(token).build());
    assertThat(result).isInstanceOf(Authenticated.class);
    return (Authenticated) result;
  }

  private static Rejected rejected(IntrospectionAuthenticator by, String token) {
    AuthResult result = by.authenticate(with(token).build());
    assertThat(result).isInstanceOf(Rejected.class);
    return (Rejected) result;
  }

  @Test
  @DisplayName("JW-5 by default: a qualified id, the subject for a name, no roles, and no scope")
  void defaults() {
    asked.activate(
        "token-1",
        "\"scope\":\"account admin\"",
        "\"username\":\"root\"",
        "\"roles\":[\"admin\"]",
        "\"jti\":\"7\"");
    Authenticated who = who(plain, "token-1");
    assertThat(who.principal()).isEqualTo(new Principal(ISSUER + "|alice", "alice", Set.of()));
    assertThat(who.scopes()).contains(Set.of());
    assertThat(who.allows("account")).isFalse();
    assertThat(who.epoch()).isEmpty();
    assertThat(who.authenticatedAt()).isEmpty();
    assertThat(who.credentialId()).contains("7");
    assertThat(who.expiresAt()).contains(Instant.ofEpochSecond(asked.now() + 3600));
    assertThat(who.scheme()).isEqualTo("introspection");
    assertThat(who.attributes()).containsEntry("username", "root").doesNotContainKey("active");
  }

  @Test
  @DisplayName("JW-5 roles, scopes and name are believed where the host names their members")
  void named() {
    asked.activate(
        "token-1",
        "\"scope\":\"read write\"",
        "\"username\":\"Alice\"",
        "\"realm_access\":{\"roles\":[\"editor\"]}");
    Authenticated who = who(named, "token-1");
    assertThat(who.principal())
        .isEqualTo(new Principal(ISSUER + "|alice", "Alice", Set.of("editor")));
    assertThat(who.scopes()).contains(Set.of("read", "write"));
    assertThat(who.challenge()).contains(Challenge.of("Bearer", "notes"));
  }

  @Test
  @DisplayName("JW-5 a named member of another shape gives nothing, and is an event")
  void otherShape() {
    asked.activate("token-1", "\"scope\":7", "\"realm_access\":[\"editor\"]");
    Authenticated who = who(named, "token-1");
    assertThat(who.principal().roles()).isEmpty();
    assertThat(who.scopes()).contains(Set.of());
    assertThat(asked.events.events(AuthEvent.SchemeEvent.class))
        .extracting(AuthEvent.SchemeEvent::type, AuthEvent.SchemeEvent::details)
        .containsExactlyInAnyOrder(
            tuple("claim_ignored", Map.of("issuer", ISSUER, "claim", "realm_access roles")),
            tuple("claim_ignored", Map.of("issuer", ISSUER, "claim", "scope")));
    asked.activate("token-2", "\"username\":7");
    assertThat(rejected(named, "token-2").reason().name()).isEqualTo("bad_claims");
  }

  @Test
  @DisplayName("RFC 6750 section 3.1 every refused token has the same answer, with its true reason")
  void refused() {
    asked.activate("refresh", "\"token_type\":\"refresh_token\"");
    Map<String, String> reasons =
        Map.of("unknown", "inactive", "refresh", "wrong_type", "a,b", "malformed", "", "malformed");
    reasons.forEach(
        (token, reason) -> {
          Rejected rejected = rejected(plain, token);
          assertThat(rejected.reason()).isEqualTo(new Reason(reason, Refusal.INVALID_TOKEN));
          assertThat(rejected.challenge()).contains(Challenge.of("Bearer", "api"));
          assertThat(rejected.scheme()).isEqualTo("introspection");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.b.c", "..", "a.b."})
  @DisplayName("CH-8 what has three segments is left to others, and the server never sees it")
  void shape(String jwt) {
    assertThat(plain.authenticate(with(jwt).build())).isInstanceOf(NotAttempted.class);
    assertThat(asked.requests).isEmpty();
  }

  @Test
  @DisplayName("CH-8 the host can say which tokens are the server's")
  void accepts() {
    IntrospectionAuthenticator prefixed =
        IntrospectionAuthenticator.builder(introspector)
            .accepts(token -> token.startsWith("idp_"))
            .build();
    asked.activate("idp_1");
    who(prefixed, "idp_1");
    assertThat(prefixed.authenticate(with("other_1").build())).isInstanceOf(NotAttempted.class);
    IntrospectionAuthenticator all =
        IntrospectionAuthenticator.builder(introspector).accepts(token -> true).build();
    asked.activate("a.b.c");
    who(all, "a.b.c");
  }

  @Test
  @DisplayName("CH-2, GU-5 no credentials and other schemes are not its own; plain HTTP is refused")
  void otherRequests() {
    assertThat(plain.authenticate(TestRequest.get("/").build()))
        .isSameAs(NotAttempted.NO_CREDENTIALS);
    assertThat(plain.authenticate(TestRequest.get("/").basic("alice", "x").build()))
        .isSameAs(NotAttempted.OTHER_SCHEME);
    AuthResult insecure = plain.authenticate(with("token-1").insecure().build());
    assertThat(((Rejected) insecure).reason()).isEqualTo(Reason.INSECURE_TRANSPORT);
    assertThat(asked.requests).isEmpty();
    assertThat(plain.planLogout(with("token-1").build()).refusal()).isEmpty();
    assertThat(plain.authSchemes()).containsExactly("Bearer");
    assertThat(plain.name()).isEqualTo("introspection");
    assertThat(plain).hasToString("IntrospectionAuthenticator[" + introspector + "]");
  }

  @Test
  @DisplayName("CH-6, EV-1 an outage comes through the chain, told of once for each request")
  void outage() {
    asked.server.answer(500, "");
    AuthenticatorChain chain = AuthenticatorChain.of(asked.environment, plain);
    assertThatThrownBy(() -> chain.authenticate(with("token-1").build()))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(asked.events.events(AuthEvent.StoreOutage.class))
        .extracting(AuthEvent.StoreOutage::during)
        .containsExactly("introspection_endpoint", "introspection");
    assertThat(asked.events.events(AuthEvent.AuthenticationFailed.class)).isEmpty();
  }

  @Test
  @DisplayName("SP-2 registered claims hold no roles, scopes or names")
  void registered() {
    IntrospectionAuthenticator.Builder builder = IntrospectionAuthenticator.builder(introspector);
    assertThatIllegalArgumentException().isThrownBy(() -> builder.roles("aud"));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.scopes(""));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.name("sub"));
  }
}
