package com.example.token;

import static com.example.token.TokenFixture.challenges;
import static com.example.token.TokenFixture.get;
import static com.example.token.TokenFixture.remembered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.Challenge;
import dev.sallyport.Principal;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.testkit.TestRequest;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenAuthenticator;
import dev.sallyport.token.TokenResult.Issued;
import dev.sallyport.token.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class IssueTest {
  private final TokenFixture fixture = new TokenFixture();

  @Test
  @DisplayName("TK-1 a token of a login: what is kept of it, and the event")
  void record() {
    Instant proved = fixture.clock.instant();
    PasswordResult.Verified login = fixture.verified("alice");
    fixture.clock.advance(Duration.ofSeconds(2));
    Instant now = fixture.clock.instant();
    NewToken wanted = NewToken.labelled("ci").scopes("read", "write").client("c".repeat(65));
    Issued issued = remembered(fixture.tokens.issue(login, wanted));
    TokenRecord record = issued.record();
    assertThat(record.kind()).isEqualTo(TokenKind.TOKEN);
    assertThat(record.userId()).isEqualTo(fixture.alice.id());
    assertThat(record.label()).isEqualTo("ci");
    assertThat(record.scopes()).contains(Set.of("read", "write"));
    assertThat(record.createdAt()).isEqualTo(now);
    assertThat(record.lastSeenAt()).isEqualTo(now);
    assertThat(record.authenticatedAt()).isEqualTo(proved);
    assertThat(record.idleExpiresAt()).isEmpty();
    assertThat(record.expiresAt()).contains(now.plus(Duration.ofDays(90)));
    assertThat(record.epoch()).isZero();
    assertThat(record.client()).isEqualTo("c".repeat(64));
    assertThat(issued.cookie()).isEmpty();
    assertThat(fixture.events.events())
        .containsExactly(new AuthEvent.Issued(now, "token", record.id(), fixture.alice.id()));
  }

  @Test
  @DisplayName("CH-12 the result tells principal, scheme, public id, scopes, label, end and proof")
  void result() {
    fixture.users.update(fixture.user(), fixture.user().toBuilder().roles(Set.of("admin")).build());
    PasswordResult.Verified login = fixture.verified("alice");
    Issued issued = remembered(fixture.tokens.issue(login, NewToken.labelled("ci").scopes("read")));
    fixture.clock.advance(Duration.ofMinutes(3));
    Authenticated who = fixture.who(issued);
    assertThat(who.principal())
        .isEqualTo(new Principal(fixture.alice.id(), "alice", Set.of("admin")));
    assertThat(who.scheme()).isEqualTo("token");
    assertThat(who.credentialId()).contains(issued.record().id());
    assertThat(who.scopes()).contains(Set.of("read"));
    assertThat(who.attributes()).isEqualTo(Map.of("label", "ci"));
    assertThat(who.epoch()).hasValue(0);
    assertThat(who.expiresAt()).isEqualTo(issued.record().expiresAt());
    assertThat(who.authenticatedAt()).contains(login.at());
    assertThat(who.challenge()).contains(Challenge.of("Token", "api"));
  }

  @Test
  @DisplayName("TK-1 no scopes: unrestricted")
  void unrestricted() {
    Issued issued = fixture.issue();
    assertThat(issued.record().scopes()).isEmpty();
    assertThat(issued.record().label()).isEqualTo("token");
    assertThat(fixture.who(issued).scopes()).isEmpty();
    assertThat(fixture.who(issued).allows("anything")).isTrue();
  }

  @Test
  @DisplayName("GU-2 a token that an administrator made proves nothing: 401 at authenticatedWithin")
  void administration() {
    Issued issued = fixture.issue();
    assertThat(fixture.who(issued).authenticatedAt()).isEmpty();
    Guard guard = Guard.of(fixture.chain);
    Permission recent = Permission.authenticatedWithin(Duration.ofDays(365_000));
    AuthRequest request = get(issued.token().reveal()).build();
    assertThat(((Decision.Refuse) guard.check(request, recent)).response().body())
        .contains("reauthentication_required");
    Issued proved =
        remembered(fixture.tokens.issue(fixture.verified("alice"), NewToken.standard()));
    assertThat(guard.check(get(proved.token().reveal()).build(), recent))
        .isInstanceOf(Decision.Proceed.class);
  }

  @Test
  @DisplayName("GU-2, CH-7 a missing scope is 403 insufficient_scope, on the keyword that was used")
  void insufficientScope() {
    Issued issued = fixture.issue(NewToken.standard().scopes("read"));
    Guard guard = Guard.of(fixture.chain);
    AuthRequest request =
        TestRequest.get("/").authorization("bearer " + issued.token().reveal()).build();
    assertThat(guard.check(request, Permission.scope("read"))).isInstanceOf(Decision.Proceed.class);
    AuthResponse answer =
        ((Decision.Refuse) guard.check(request, Permission.scope("write"))).response();
    assertThat(answer.status()).isEqualTo(403);
    assertThat(challenges(answer))
        .containsExactly(
            "Token realm=\"api\"",
            "Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"write\"");
  }

  @Test
  @DisplayName("TK-1, TK-2 many a user, each token and each public id another")
  void unique() {
    Tokens quiet =
        Tokens.builder(
                Sallyport.of(
                    AuthEnvironment.standard().withListener(event -> {}),
                    fixture.users,
                    fixture.watched))
            .limit(TokenLimit.NONE)
            .build();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      Issued next = quiet.issue(fixture.alice, NewToken.standard()).orElseThrow();
      assertThat(seen.add(next.token().reveal()) && seen.add(next.record().id())).isTrue();
    }
  }

  @Test
  @DisplayName("AC-2 a login that was verified before a change of the password is dead on arrival")
  void deadOnArrival() {
    PasswordResult.Verified before = fixture.verified("alice");
    fixture.raise();
    Issued late = remembered(fixture.tokens.issue(before, NewToken.standard()));
    fixture.assertRefused(late, "old_epoch");
  }

  @Test
  @DisplayName("CH-6 an outage is no token, and no event of one")
  void outage() {
    fixture.watched.down("insert");
    assertThatThrownBy(() -> fixture.tokens.issue(fixture.alice, NewToken.standard()))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(fixture.events.events(AuthEvent.Issued.class)).isEmpty();
  }

  @Test
  @DisplayName("SP-3 store and users are enough")
  void shortForms() {
    Issued issued =
        remembered(
            Tokens.of(Sallyport.of(fixture.users, fixture.watched))
                .issue(fixture.alice, NewToken.standard()));
    TokenAuthenticator authenticator =
        TokenAuthenticator.of(Sallyport.of(fixture.users, fixture.watched));
    assertThat(authenticator.authenticate(get(issued.token().reveal()).build()))
        .isInstanceOf(Authenticated.class);
    assertThat(authenticator.tokens().list(fixture.alice.id())).hasSize(1);
    assertThat(authenticator.name()).isEqualTo("token");
  }
}
