package com.example.jwt.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.store.User;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Claims that JSON can hold, and that no verifier of ours would take. */
class ClaimFormTest {
  private Function<User, Map<String, ?>> claims = user -> Map.of();
  private final JwtFixture fixture =
      new JwtFixture(JwtFixture.Options.none().issuer(b -> b.claims(user -> claims.apply(user))));

  private void assertRefused(Map<String, ?> added) {
    claims = user -> Map.of();
    TokenPair pair = fixture.start();
    int kept = fixture.records().size();
    claims = user -> added;
    for (Runnable attempt : List.<Runnable>of(fixture::start, () -> fixture.first.refresh(pair))) {
      assertThatThrownBy(attempt::run).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(fixture.records()).hasSize(kept);
    claims = user -> Map.of();
    fixture.first.next(pair);
  }

  @Test
  @DisplayName("JW-2, JW-10 text that is no Unicode is refused: nobody would take the token")
  void surrogates() {
    assertRefused(Map.of("odd", "x\uD800"));
    assertRefused(Map.of("x\uDC00y", 1));
    assertRefused(Map.of("odd", List.of(Map.of("\uD800", 1))));
  }

  @Test
  @DisplayName("JW-2, JW-10 a claim so deep that the verifier refuses it is not issued")
  void depth() {
    claims = user -> Map.of("deep", nested(15));
    assertThat(fixture.first.takes(fixture.start())).isTrue();
    assertRefused(Map.of("deep", nested(16)));
    List<Object> endless = new ArrayList<>();
    endless.add(endless);
    assertRefused(Map.of("deep", endless));
  }

  private static Object nested(int depth) {
    Object value = List.of();
    for (int i = 1; i < depth; i++) {
      value = List.of(value);
    }
    return value;
  }

  @Test
  @DisplayName("JW-2, JW-10 names that become the same name twice are refused")
  void sameName() {
    Map<Object, Object> twice = new HashMap<>();
    twice.put(1, "one");
    twice.put("1", "another");
    assertRefused(Map.of("odd", twice));
  }
}
