package com.example.token;

import static com.example.token.TokenFixture.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.Logout;
import dev.sallyport.Reason;
import dev.sallyport.Rejected;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.testkit.TestRequest;
import dev.sallyport.token.TokenResult.Issued;
import dev.sallyport.token.Tokens;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogoutTest {
  private final TokenFixture fixture = new TokenFixture();
  private final Issued issued = fixture.issue();
  private final Issued another = fixture.issue();

  private Logout plan(TestRequest request) {
    fixture.watched.forget();
    return fixture.authenticator.planLogout(request.build());
  }

  @Test
  @DisplayName("TK-5 a logout with a token revokes that token alone, once it is carried out")
  void thisOne() {
    Logout plan = plan(TestRequest.post("/").authorization("bEARER " + issued.token().reveal()));
    assertThat(plan.refusal()).isEmpty();
    assertThat(plan.cookies()).isEmpty();
    assertThat(fixture.watched.calls()).containsExactly("find+user");
    assertThat(fixture.isLive(issued)).as("planned only").isTrue();
    plan.carryOut();
    plan.carryOut();
    fixture.assertRefused(issued, "unknown_or_expired");
    assertThat(fixture.isLive(another)).isTrue();
    assertThat(fixture.events.events(AuthEvent.Ended.class))
        .containsExactly(
            new AuthEvent.Ended(
                fixture.clock.instant(),
                "token",
                issued.record().id(),
                fixture.alice.id(),
                "logout"));
  }

  private void assertNothing(TestRequest request, String... calls) {
    Logout plan = plan(request);
    assertThat(plan.refusal()).isEmpty();
    assertThat(plan.cookies()).isEmpty();
    assertThat(fixture.watched.calls()).containsExactly(calls);
    plan.carryOut();
    assertThat(fixture.watched.calls()).doesNotContain("remove");
    assertThat(fixture.events.events(AuthEvent.Ended.class)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Token",
        "Token x",
        "Token %sx",
        "Token x%s",
        "Token %s %s",
        "Bearer a.b.c",
        "Basic %s",
        "%s",
        "Token\t%s",
        "Token é"
      })
  @DisplayName("TK-5 what is no token of ours ends nothing, and costs no read")
  void garbage(String header) {
    assertNothing(
        TestRequest.post("/")
            .header("Authorization", header.replace("%s", issued.token().reveal())));
    assertNothing(TestRequest.post("/"));
    assertThat(fixture.isLive(issued)).isTrue();
  }

  @Test
  @DisplayName("TK-5, TK-4 a stale token ends nothing, and is no refusal")
  void stale() {
    fixture.clock.advance(Duration.ofDays(90));
    assertNothing(get(issued.token().reveal()), "find+user");
    Issued deactivated = fixture.issue();
    fixture.users.update(fixture.user(), fixture.user().toBuilder().active(false).build());
    assertNothing(get(deactivated.token().reveal()), "find+user");
    fixture.users.delete(fixture.user());
    assertNothing(get(deactivated.token().reveal()), "find+user");
  }

  @Test
  @DisplayName("TK-5, GU-5 over plain HTTP it is refused unread")
  void plainHttp() {
    Logout plan = plan(get(issued.token().reveal()).insecure());
    assertThat(plan.refusal().map(Rejected::reason)).contains(Reason.INSECURE_TRANSPORT);
    assertThat(fixture.watched.calls()).isEmpty();
    plan.carryOut();
    assertThat(fixture.isLive(issued)).isTrue();
  }

  @Test
  @DisplayName("CH-6 an outage is not a logout")
  void outage() {
    Logout plan = plan(get(issued.token().reveal()));
    fixture.watched.down("remove");
    assertThatThrownBy(plan::carryOut).isInstanceOf(StoreUnavailableException.class);
    assertThat(fixture.events.events(AuthEvent.Ended.class)).isEmpty();
    fixture.watched.down("find+user");
    TestRequest request = get(issued.token().reveal());
    assertThatThrownBy(() -> plan(request)).isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  @DisplayName("TK-6 an imported key can be logged out as well")
  void imported() {
    TokenFixture importing = new TokenFixture(Tokens.Builder::acceptImported);
    String key = "0123456789abcdef0123456789abcdef01234567";
    importing.tokens.importKey(
        importing.alice,
        dev.sallyport.store.SecretDigest.of(key),
        dev.sallyport.token.NewToken.standard());
    importing.authenticator.planLogout(get(key).build()).carryOut();
    assertThat(importing.records()).isEmpty();
    assertThat(List.copyOf(importing.events.events(AuthEvent.Ended.class))).hasSize(1);
  }
}
