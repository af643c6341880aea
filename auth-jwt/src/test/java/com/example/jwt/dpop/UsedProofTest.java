package com.example.jwt.dpop;

import static com.example.jwt.dpop.Desk.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.jwt.dpop.DpopPolicy;
import dev.sallyport.jwt.dpop.DpopProof;
import dev.sallyport.jwt.dpop.DpopRefusal;
import dev.sallyport.jwt.dpop.DpopResult;
import dev.sallyport.testkit.Race;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.testkit.TestRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class UsedProofTest {
  @Test
  @DisplayName("RFC 9449 section 11.1: a proof is used once, and another of the key goes through")
  void once() {
    Desk desk = new Desk();
    String proof = desk.proof().sign();
    desk.assertTaken(desk.use(proof));
    assertRefused(desk.use(proof), DpopRefusal.REPLAYED);
    desk.assertTaken(desk.use(desk.proof().sign()));
    assertRefused(desk.use(proof), DpopRefusal.REPLAYED);
  }

  @Test
  @DisplayName("RFC 9449 section 11.1: what counts is key, URL and jti, not the bytes of the proof")
  void sameId() {
    Desk desk = new Desk();
    desk.assertTaken(desk.use(desk.proof().claim("jti", "same").sign()));
    assertRefused(
        desk.use(desk.proof().claim("jti", "same").claim("x", 1).sign()), DpopRefusal.REPLAYED);
    desk.assertTaken(desk.use(desk.proof().claim("jti", "Same").sign()));
    assertThat(desk.proofs.spend(check(desk, desk.key, "/notes"))).isFalse();
    assertThat(desk.proofs.spend(check(desk, desk.key, "/"))).isTrue();
    JWK other = ProofMaker.newKey();
    while (space(other) != space(desk.key)) {
      other = ProofMaker.newKey();
    }
    assertThat(desk.proofs.spend(check(desk, other, "/notes"))).isTrue();
    assertThat(desk.proofs.spend(check(desk, other, "/notes"))).isFalse();
  }

  private static DpopProof check(Desk desk, JWK key, String path) {
    String url = "https://api.example" + path;
    String proof = ProofMaker.of(key, "GET", url, desk.clock.instant()).claim("jti", "same").sign();
    return (DpopProof)
        desk.proofs.check(
            TestRequest.get(path).header("Host", Desk.HOST).header("DPoP", proof).build());
  }

  /** Proofs are kept in sixteen parts, by the key. */
  private static int space(JWK key) {
    return ProofMaker.thumbprint(key).charAt(0) & 15;
  }

  @RepeatedTest(5)
  @DisplayName("RFC 9449 section 11.1: of sixteen at once, on two nodes with one store, one wins")
  void race() {
    Desk desk = new Desk();
    Desk colleague = desk.colleague(DpopPolicy.allowed(), desk.clock);
    String proof = desk.proof().sign();
    List<DpopResult> results =
        Race.of(
            16,
            i ->
                (i % 2 == 0 ? desk : colleague)
                    .proofs.use(Desk.request(proof), Desk.TOKEN, ProofMaker.thumbprint(desk.key)));
    assertThat(results).filteredOn(DpopProof.class::isInstance).hasSize(1);
    assertThat(results)
        .filteredOn(new DpopResult.Refused(DpopRefusal.REPLAYED)::equals)
        .hasSize(15);
  }

  @Test
  @DisplayName("RFC 9449 section 11.1: a used proof is kept while any node would accept it")
  void clocks() {
    Desk fast = new Desk(DpopPolicy.allowed(), ThrottleStore.inMemory(1));
    SettableClock behind = SettableClock.at(fast.clock.instant().minusSeconds(4));
    Desk slow = fast.colleague(DpopPolicy.allowed(), behind);
    String proof = fast.proof().sign();
    fast.assertTaken(fast.use(proof));
    fast.clock.advance(Duration.ofSeconds(63));
    behind.advance(Duration.ofSeconds(63));
    assertRefused(fast.use(proof), DpopRefusal.STALE);
    String next = fast.proof().sign();
    assertThatThrownBy(() -> fast.use(next))
        .as("room is not made of what another node would accept")
        .isInstanceOf(StoreUnavailableException.class);
    assertRefused(
        slow.proofs.use(Desk.request(proof), Desk.TOKEN, ProofMaker.thumbprint(fast.key)),
        DpopRefusal.REPLAYED);
  }

  @Test
  @DisplayName("RFC 9449 section 11.1: checking alone uses nothing up; spending does, once")
  void spend() {
    Desk desk = new Desk();
    String text = desk.proof().sign();
    DpopProof proof = (DpopProof) desk.proofs.check(Desk.request(text));
    DpopProof again = (DpopProof) desk.proofs.check(Desk.request(text));
    assertThat(desk.proofs.spend(proof)).isTrue();
    assertThat(desk.proofs.spend(again)).isFalse();
    assertThat(proof).hasToString("DpopProof[" + proof.thumbprint() + "]");
  }

  @Test
  @DisplayName("RFC 9449 section 11.1: proofs that are wrong, and strangers' own, take no room")
  void strangers() {
    CountingCounts counts = new CountingCounts();
    Desk desk = new Desk(DpopPolicy.allowed(), counts);
    desk.use(desk.proof().claim("htm", "PUT").sign());
    desk.use(desk.proof().sign(ProofMaker.newKey()));
    desk.use(ProofMaker.of(ProofMaker.newKey(), "GET", Desk.URL, desk.clock.instant()).sign());
    desk.proofs.check(Desk.request(desk.proof().sign()));
    assertThat(counts.changes).isZero();
    desk.assertTaken(desk.use(desk.proof().sign()));
    assertThat(counts.changes).isOne();
  }

  @Test
  @DisplayName("CH-6 where there is no room, no proof is taken for new: an outage until there is")
  void full() {
    Desk desk = new Desk(DpopPolicy.allowed(), ThrottleStore.inMemory(1));
    String first = desk.proof().sign();
    desk.assertTaken(desk.use(first));
    desk.clock.advance(Duration.ofSeconds(50));
    String second = desk.proof().sign();
    assertThatThrownBy(() -> desk.use(second)).isInstanceOf(StoreUnavailableException.class);
    assertRefused(desk.use(first), DpopRefusal.REPLAYED);
    desk.clock.advance(Duration.ofSeconds(16));
    desk.assertTaken(desk.use(second));
    assertRefused(desk.use(second), DpopRefusal.REPLAYED);
  }

  @Test
  @DisplayName("CH-6 while the store is away no proof is accepted, and afterwards it is")
  void outage() {
    CountingCounts counts = new CountingCounts();
    Desk desk = new Desk(DpopPolicy.allowed(), counts);
    counts.down = true;
    String proof = desk.proof().sign();
    assertThatThrownBy(() -> desk.use(proof)).isInstanceOf(StoreUnavailableException.class);
    counts.down = false;
    desk.assertTaken(desk.use(proof));
  }

  /** Counts how often something is stored, and can be away. */
  private static final class CountingCounts implements ThrottleStore {
    private final ThrottleStore inner = ThrottleStore.inMemory();
    int changes;
    boolean down;

    @Override
    public Optional<String> find(String key, Instant now) {
      return inner.find(key, now);
    }

    @Override
    public boolean replace(
        String key, Optional<String> expected, Optional<Entry> next, Instant now) {
      if (down) {
        throw new StoreUnavailableException("The store is down");
      }
      changes++;
      assertThat(key).hasSizeLessThanOrEqualTo(64).matches("[ -~]+");
      return inner.replace(key, expected, next, now);
    }
  }
}
