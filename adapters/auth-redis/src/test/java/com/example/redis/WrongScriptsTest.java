package com.example.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import dev.sallyport.testkit.ThrottleContract;
import dev.sallyport.testkit.TokenStoreContract;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each condition in a script is needed: without it, a test of the contract fails. */
class WrongScriptsTest {
  private static Arguments wrong(
      String what, String right, String wrong, Consumer<TokenStoreContract> test) {
    return Arguments.of(what, right, wrong, test);
  }

  static Stream<Arguments> tokens() {
    return Stream.of(
        wrong(
            "a use of what is gone",
            "if not stored or not is_same(stored, identity) or not is_live(stored, seen) then",
            "if not stored then stored = string.rep('1', 60) end if false then",
            WrongScriptsTest::lateUse),
        wrong(
            "a use of what has expired", "is_live(stored, seen)", "true", WrongScriptsTest::expiry),
        wrong(
            "a use that goes back",
            "hex > number(stored, at) and bytes or",
            "hex ~= '' and bytes or",
            TokenStoreContract::touchGoesForward),
        wrong(
            "a replacement of any version",
            "number(stored, VERSION) ~= version",
            "false",
            TokenStoreContract::staleReplacement),
        wrong(
            "a replacement that undoes a use",
            "number(stored, at) > number(record, at) and stored or record",
            "record",
            TokenStoreContract::replaceKeepsUse),
        wrong(
            "a removal of what has expired",
            "is_live(stored, now)",
            "true",
            TokenStoreContract::removesNothingExpired),
        wrong(
            "a record of another kind",
            "kind(record) .. text(record, TEXTS) == identity",
            "true",
            contract -> contract.kinds().forEach(WrongScriptsTest::run)),
        wrong(
            "a second record of one key",
            "redis.call('HEXISTS', KEYS[1], field) == 1",
            "false",
            TokenStoreContract::sameKey),
        wrong("a key that changes its user", "known ~= user", "false", TokenStoreContract::sameKey),
        wrong(
            "a place for what an epoch has ended",
            "number(counted[i].record, EPOCH) > number(record, EPOCH)",
            "false",
            TokenStoreContract::deadOnArrival),
        wrong(
            "a limit that counts what has ended",
            "number(one, EPOCH) >= countedFrom",
            "true",
            TokenStoreContract::limitCountsFrom),
        wrong(
            "a limit that counts all kinds",
            "kind(one) == kind(record)",
            "true",
            TokenStoreContract::limitsAreApart),
        wrong(
            "numbers as doubles",
            "string.format('%08x%08x', struct.unpack('>I4I4', record, at))",
            "string.format('%x', (struct.unpack('>d', record, at)))",
            TokenStoreContract::largeNumbers),
        wrong(
            "an end for all but one that ends all",
            "exceptId ~= '=' .. id",
            "true",
            TokenStoreContract::removesOthers),
        wrong(
            "a label that only resembles",
            "string.sub(text(one, at), 1, #label) == label",
            "string.find(text(one, at), label) ~= nil",
            TokenStoreContract::labels),
        wrong(
            "the oldest in a long list",
            "for i = math.max(1, #listed - max + 1), #listed do",
            "for i = 1, math.min(max, #listed) do",
            TokenStoreContract::longList));
  }

  /** The kit's records have no absolute end here, so that a missing pointer tells as well. */
  private static void lateUse(TokenStoreContract contract) {
    TokenStore store = contract.store();
    TokenRecord record = Samples.session("alice");
    store.insert(record, TokenLimit.NONE, Samples.NOW);
    assertThat(store.remove(record, Samples.NOW)).isTrue();
    assertThat(store.touch(record, Samples.NOW, null)).isFalse();
    assertThat(store.list("alice", TokenKind.all(), Samples.NOW)).isEmpty();
  }

  private static void expiry(TokenStoreContract contract) {
    contract.expiry().forEach(WrongScriptsTest::run);
  }

  private static void run(org.junit.jupiter.api.DynamicTest test) {
    try {
      test.getExecutable().execute();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static Relayed changed(String right, String wrong, AtomicInteger changes) {
    Servers.SINGLE.emptied();
    return new Relayed(Servers.single().address())
        .changing(
            script -> {
              changes.addAndGet(script.contains(right) ? 1 : 0);
              return script.replace(right, wrong);
            });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tokens")
  @DisplayName("ST-5 A script without one of its conditions fails the contract of token stores")
  void tokens(String what, String right, String wrong, Consumer<TokenStoreContract> test) {
    AtomicInteger changes = new AtomicInteger();
    TokenStore store = Servers.patient(changed(right, wrong, changes)).tokens();
    assertThatThrownBy(() -> test.accept(() -> store))
        .as(what)
        .isInstanceOfAny(AssertionError.class, RuntimeException.class);
    assertThat(changes).as("how often the script was changed").hasPositiveValue();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tokens")
  @DisplayName("ST-5 The same test passes with the script as it is")
  void right(String what, String right, String wrong, Consumer<TokenStoreContract> test) {
    TokenStore store = Servers.SINGLE.stores().tokens();
    test.accept(() -> store);
  }

  static Stream<Arguments> counts() {
    return Stream.of(
        Arguments.of(
            "any value",
            "current ~= expected",
            "false",
            (Consumer<ThrottleContract>) ThrottleContract::refuses),
        Arguments.of(
            "an expired value",
            "now < string.sub(stored, 1, 16)",
            "true",
            (Consumer<ThrottleContract>) ThrottleContract::expires),
        Arguments.of(
            "a value with its end",
            "string.sub(stored, 17)",
            "stored",
            (Consumer<ThrottleContract>) ThrottleContract::replaces));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("counts")
  @DisplayName("ST-5 A script without its condition fails the contract of throttle stores")
  void counts(String what, String right, String wrong, Consumer<ThrottleContract> test) {
    AtomicInteger changes = new AtomicInteger();
    ThrottleStore store = Servers.patient(changed(right, wrong, changes)).counts();
    assertThatThrownBy(() -> test.accept(() -> store)).as(what).isInstanceOf(AssertionError.class);
    assertThat(changes).as("how often the script was changed").hasPositiveValue();
  }
}
