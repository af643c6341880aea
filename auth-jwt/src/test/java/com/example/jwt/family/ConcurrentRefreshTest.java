package com.example.jwt.family;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.event.AuthEvent;
import dev.sallyport.jwt.refresh.RefreshResult;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.testkit.Race;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConcurrentRefreshTest {
  private static final int THREADS = 50;

  private final JwtFixture fixture = new JwtFixture();
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void shutDown() {
    threads.shutdownNow();
  }

  private List<RefreshResult> all(Topology nodes, TokenPair pair) {
    return Race.of(
        threads,
        IntStream.range(0, THREADS)
            .<Callable<RefreshResult>>mapToObj(i -> () -> nodes.at(fixture, i).refresh(pair))
            .toList());
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("JW-8 50 threads with one token get one and the same successor, turn after turn")
  void sameSuccessor(Topology nodes) {
    TokenPair pair = fixture.start();
    int turns = 60;
    for (int turn = 1; turn <= turns; turn++) {
      Set<String> successors =
          all(nodes, pair).stream()
              .map(result -> JwtFixture.pair(result).refreshToken().reveal())
              .collect(Collectors.toSet());
      assertThat(successors).hasSize(1).doesNotContain(pair.refreshToken().reveal());
      TokenPair last = JwtFixture.pair(fixture.first.refresh(pair));
      assertThat(successors).containsExactly(last.refreshToken().reveal());
      assertThat(fixture.records().get(0).rotation().orElseThrow().generation()).isEqualTo(turn);
      pair = last;
      fixture.clock.advance(Duration.ofMinutes(1));
    }
    assertThat(fixture.rotated(false)).hasSize(turns);
    assertThat(fixture.rotated(true)).hasSize(turns * THREADS);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("JW-7 without a grace one thread at most gets a pair, and its family has ended")
  void strict(Topology nodes) {
    for (int round = 0; round < 30; round++) {
      JwtFixture strict = new JwtFixture(b -> b.grace(Duration.ZERO));
      TokenPair pair = strict.start();
      List<RefreshResult> results =
          Race.of(
              threads,
              IntStream.range(0, THREADS)
                  .<Callable<RefreshResult>>mapToObj(i -> () -> nodes.at(strict, i).refresh(pair))
                  .toList());
      List<TokenPair> pairs = new ArrayList<>();
      for (RefreshResult result : results) {
        if (result instanceof RefreshResult.Refreshed done) {
          pairs.add(done.tokens());
        }
      }
      assertThat(pairs).hasSizeLessThanOrEqualTo(1);
      assertThat(strict.records()).isEmpty();
      assertThat(strict.events.events(AuthEvent.Ended.class)).hasSize(1);
    }
  }

  @Test
  @DisplayName("JW-8 who revokes all while others refresh: none of the pairs handed out goes on")
  void revokedMeanwhile() {
    int handedOut = 0;
    for (int round = 0; round < 100; round++) {
      TokenPair pair = fixture.start();
      List<Callable<List<TokenPair>>> work = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Node node = Topology.TWO_NODES.at(fixture, i);
        work.add(() -> turns(node, pair));
      }
      work.add(
          () -> {
            fixture.change(user -> user.revokeAll());
            return List.of();
          });
      List<TokenPair> pairs = Race.of(threads, work).stream().flatMap(List::stream).toList();
      handedOut += pairs.size();
      for (TokenPair one : pairs) {
        assertThat(fixture.first.refresh(one)).isInstanceOf(RefreshResult.Refused.class);
      }
      assertThat(fixture.first.families.credentials().list("id-alice")).isEmpty();
    }
    assertThat(handedOut).isPositive();
  }

  private static List<TokenPair> turns(Node node, TokenPair start) {
    List<TokenPair> pairs = new ArrayList<>();
    TokenPair held = start;
    while (pairs.size() < 10 && node.refresh(held) instanceof RefreshResult.Refreshed done) {
      held = done.tokens();
      pairs.add(held);
    }
    return pairs;
  }
}
