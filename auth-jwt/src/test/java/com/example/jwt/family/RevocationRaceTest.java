package com.example.jwt.family;

import static com.example.jwt.family.JwtFixture.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.account.Accounts;
import dev.sallyport.jwt.refresh.RefreshResult;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.User;
import dev.sallyport.testkit.CheapHasher;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** At every step of an exchange somebody ends the family: the end always wins. */
class RevocationRaceTest {
  private final JwtFixture fixture = new JwtFixture();
  private final TokenPair pair = fixture.start();

  /** When it happens. */
  enum Step {
    BEFORE_THE_LOOK,
    BEFORE_THE_SWAP,
    BEFORE_THE_LOOK_AFTER;

    void let(Node node, Runnable meanwhile) {
      switch (this) {
        case BEFORE_THE_LOOK -> node.store.before("find+user", meanwhile);
        case BEFORE_THE_SWAP -> node.store.before("replace", meanwhile);
        case BEFORE_THE_LOOK_AFTER ->
            node.store.before("replace", () -> node.store.before("find+user", meanwhile));
      }
    }
  }

  /** What happens, at another node. */
  enum End {
    PASSWORD_CHANGE,
    EPOCH_RAISE,
    DEACTIVATION,
    DEACTIVATION_OF_THE_ROW_ALONE,
    LOGOUT_EVERYWHERE,
    DELETION,
    DELETION_OF_THE_ROW_ALONE,
    REVOKE,
    END_BY_ID,
    END_OF_ALL,
    LOGOUT;

    void happen(JwtFixture at, TokenPair pair) {
      Passwords passwords =
          Passwords.builder(AuthEnvironment.standard().withListener(at.events), at.users)
              .hasher(CheapHasher.create())
              .build();
      Accounts accounts = Accounts.builder(at.users, passwords).tokens(at.store).build();
      switch (this) {
        case PASSWORD_CHANGE -> at.change(user -> user.changePassword("another"));
        case EPOCH_RAISE -> at.change(User.Builder::revokeAll);
        case DEACTIVATION -> accounts.deactivate("id-alice");
        case DEACTIVATION_OF_THE_ROW_ALONE -> at.change(user -> user.active(false));
        case LOGOUT_EVERYWHERE -> accounts.logOutEverywhere("id-alice", null);
        case DELETION -> accounts.delete("id-alice");
        case DELETION_OF_THE_ROW_ALONE -> at.users.delete(at.user("id-alice"));
        case REVOKE -> assertThat(at.second.families.revoke(pair.refreshToken().reveal())).isTrue();
        case END_BY_ID ->
            assertThat(at.second.families.credentials().end("id-alice", pair.family().id()))
                .isTrue();
        case END_OF_ALL ->
            assertThat(at.second.families.credentials().endAll("id-alice")).isEqualTo(1);
        case LOGOUT ->
            at.second
                .authenticator
                .planLogout(Node.bearer(pair.accessToken().reveal()).build())
                .carryOut();
      }
    }
  }

  static Stream<Arguments> races() {
    return Arrays.stream(End.values())
        .flatMap(end -> Arrays.stream(Step.values()).map(step -> Arguments.of(end, step)));
  }

  @ParameterizedTest
  @MethodSource("races")
  @DisplayName("JW-7, JW-8 it wins over the exchange of the current token, whenever it happens")
  void wins(End end, Step step) {
    step.let(fixture.first, () -> end.happen(fixture, pair));
    assertThat(fixture.first.refresh(pair)).isInstanceOf(RefreshResult.Refused.class);
    assertDead();
    assertThat(fixture.rotated(false)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("JW-7 it wins over the answer within the grace")
  void winsOverGrace(End end) {
    TokenPair next = fixture.first.next(pair);
    fixture.first.store.before("find+user", () -> end.happen(fixture, next));
    assertThat(fixture.first.refresh(pair)).isInstanceOf(RefreshResult.Refused.class);
    assertDead();
    assertThat(fixture.rotated(true)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("JW-7 it wins at every turn of the loop: after a swap that another node has won")
  void winsOverSecondTurn(End end) {
    fixture.first.store.before(
        "replace",
        () -> {
          fixture.second.next(pair);
          fixture.first.store.before("find+user", () -> end.happen(fixture, pair));
        });
    assertThat(fixture.first.refresh(pair)).isInstanceOf(RefreshResult.Refused.class);
    assertDead();
  }

  /** Neither the token, nor what would follow on it, at any node. */
  private void assertDead() {
    Wire successor = Wire.parse(pair.refreshToken().reveal()).successor(SECRET);
    for (Node node : List.of(fixture.first, fixture.second)) {
      for (String token : List.of(pair.refreshToken().reveal(), successor.text())) {
        assertThat(node.families.refresh(token)).isInstanceOf(RefreshResult.Refused.class);
      }
    }
    assertThat(fixture.first.families.credentials().list("id-alice"))
        .as("listed, unless it was the row alone")
        .allMatch(record -> !fixture.user("id-alice").isActive());
  }
}
