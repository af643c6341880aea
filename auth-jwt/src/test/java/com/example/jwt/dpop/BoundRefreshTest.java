package com.example.jwt.dpop;

import static com.example.jwt.dpop.BoundFixture.LOGIN;
import static com.example.jwt.dpop.BoundFixture.REFRESH;
import static com.example.jwt.dpop.BoundFixture.assertRefused;
import static com.example.jwt.dpop.BoundFixture.pair;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.Refusal;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.jwt.dpop.DpopPolicy;
import dev.sallyport.jwt.dpop.DpopProof;
import dev.sallyport.jwt.refresh.BoundFamilies;
import dev.sallyport.jwt.refresh.JwtLoginResult;
import dev.sallyport.jwt.refresh.RefreshFamilies;
import dev.sallyport.jwt.refresh.RefreshResult;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.testkit.Race;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class BoundRefreshTest {
  private final BoundFixture fixture = new BoundFixture();
  private final RefreshFamilies families = fixture.families(DpopPolicy.allowed());
  private final TokenPair bound = fixture.start(families, fixture.key);

  @Test
  @DisplayName("RFC 9449 section 5: a family stays bound to its key, on any node")
  void staysBound() {
    RefreshFamilies second = fixture.families(DpopPolicy.allowed());
    TokenPair next = bound;
    for (int i = 0; i < 3; i++) {
      next = pair(fixture.refresh(i == 1 ? second : families, next, fixture.key));
      assertThat(next.tokenType()).isEqualTo("DPoP");
      assertThat(BoundFixture.claims(next).at("/cnf/jkt").textValue())
          .isEqualTo(ProofMaker.thumbprint(fixture.key));
    }
  }

  @Test
  @DisplayName("RFC 9449 section 5: a thief without the key gets nothing, and ends nothing")
  void thief() {
    assertRefused(fixture.refresh(families, bound, fixture.thief), "dpop_wrong_key");
    assertRefused(fixture.refresh(families, bound, null), "dpop_missing");
    TokenPair next = pair(fixture.refresh(families, bound, fixture.key));
    pair(fixture.refresh(families, next, fixture.key));
    fixture.clock.advance(Duration.ofMinutes(1));
    assertRefused(fixture.refresh(families, bound, fixture.thief), "dpop_wrong_key");
    assertRefused(fixture.refresh(families, bound, null), "dpop_missing");
    assertThat(fixture.isKept(bound)).isTrue();
    assertThat(fixture.events.events(AuthEvent.RefreshReuseDetected.class)).isEmpty();
  }

  @Test
  @DisplayName("JW-7 an old token with a proof of the right key is theft of the key: the end")
  void reuse() {
    TokenPair next = pair(fixture.refresh(families, bound, fixture.key));
    pair(fixture.refresh(families, next, fixture.key));
    assertRefused(fixture.refresh(families, bound, fixture.key), "reused");
    assertThat(fixture.isKept(bound)).isFalse();
  }

  @Test
  @DisplayName("JW-7 within the grace, a new proof gets the same successor, and an old one doesn't")
  void grace() {
    DpopProof proof = fixture.proof(families, fixture.key, REFRESH);
    String token = bound.refreshToken().reveal();
    TokenPair next = pair(families.boundTo(proof).refresh(token));
    RefreshResult replayed = families.boundTo(proof).refresh(token);
    assertRefused(replayed, "dpop_replayed");
    assertThat(((RefreshResult.Refused) replayed).reason().refusal())
        .isEqualTo(Refusal.INVALID_CREDENTIALS);
    TokenPair again = pair(fixture.refresh(families, bound, fixture.key));
    assertThat(again.refreshToken().reveal()).isEqualTo(next.refreshToken().reveal());
    fixture.clock.advance(Duration.ofSeconds(10).plusMillis(1));
    assertRefused(fixture.refresh(families, bound, fixture.key), "reused");
  }

  @RepeatedTest(3)
  @DisplayName("JW-8 sixteen threads, each with a proof of its own, get one and the same successor")
  void race() {
    RefreshFamilies second = fixture.families(DpopPolicy.allowed());
    List<TokenPair> pairs =
        Race.of(16, i -> pair(fixture.refresh(i % 2 == 0 ? families : second, bound, fixture.key)));
    assertThat(pairs)
        .extracting(each -> each.refreshToken().reveal())
        .containsOnly(pairs.get(0).refreshToken().reveal());
  }

  @RepeatedTest(3)
  @DisplayName("RFC 9449 section 11.1: of sixteen refreshes with one proof, one goes through")
  void replayRace() {
    DpopProof proof = fixture.proof(families, fixture.key, REFRESH);
    String token = bound.refreshToken().reveal();
    List<RefreshResult> results = Race.of(16, i -> families.boundTo(proof).refresh(token));
    assertThat(results).filteredOn(RefreshResult.Refreshed.class::isInstance).hasSize(1);
    assertThat(fixture.isKept(bound)).isTrue();
  }

  @Test
  @DisplayName("RFC 9449 section 5: a family that started without a key stays so, and says so")
  void unbound() {
    TokenPair unbound = fixture.start(families, null);
    TokenPair next = pair(fixture.refresh(families, unbound, fixture.key));
    assertThat(next.tokenType()).isEqualTo("Bearer");
    assertThat(BoundFixture.claims(next).has("cnf")).isFalse();
    pair(fixture.refresh(families, next, null));
  }

  @Test
  @DisplayName("RFC 9449 section 5: where DPoP is off again, a bound family can't be continued")
  void off() {
    RefreshFamilies plain = fixture.withoutDpop();
    assertRefused(plain.refresh(bound.refreshToken().reveal()), "dpop_missing");
    assertThat(fixture.isKept(bound)).isTrue();
    DpopProof proof = fixture.proof(families, fixture.key, REFRESH);
    assertThatThrownBy(() -> plain.boundTo(proof))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("DPoP is off");
    assertThat(plain.revoke(bound.refreshToken().reveal())).isTrue();
  }

  @Test
  @DisplayName("RFC 9449 section 5: where it is required, nothing starts or goes on without a key")
  void required() {
    TokenPair unbound = fixture.start(families, null);
    RefreshFamilies strict = fixture.families(DpopPolicy.required());
    assertRefused(fixture.refresh(strict, unbound, null), "dpop_missing");
    assertRefused(fixture.refresh(strict, unbound, fixture.key), "dpop_missing");
    assertThatThrownBy(() -> fixture.start(strict, null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("boundTo");
    pair(fixture.refresh(strict, fixture.start(strict, fixture.key), fixture.key));
  }

  @Test
  @DisplayName("RFC 9449 section 11.1: a proof starts one family; which leaves nothing behind")
  void loginReplayed() {
    DpopProof proof = fixture.proof(families, fixture.key, LOGIN);
    BoundFamilies login = families.boundTo(proof);
    login.start(fixture.alice, fixture.clock.instant(), BoundFixture.CLIENT, null).orElseThrow();
    int before = fixture.families(b -> b).credentials().list(fixture.alice.id()).size();
    JwtLoginResult again =
        login.start(fixture.alice, fixture.clock.instant(), BoundFixture.CLIENT, null);
    assertThat(again).isEqualTo(new JwtLoginResult.ProofUsed());
    assertThatThrownBy(again::orElseThrow)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("used before");
    assertThat(families.credentials().list(fixture.alice.id())).hasSize(before);
    assertThat(login).hasToString("BoundFamilies[" + proof + "]");
  }
}
