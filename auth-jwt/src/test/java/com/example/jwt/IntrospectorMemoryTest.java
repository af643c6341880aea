package com.example.jwt;

import static com.example.jwt.AskedServer.assertActive;
import static com.example.jwt.AskedServer.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.jwt.token.TokenIntrospector;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How long an answer is believed, and how many are. */
class IntrospectorMemoryTest {
  private static final Duration MILLI = Duration.ofMillis(1);

  private final AskedServer asked = new AskedServer();
  private final TokenIntrospector introspector = asked.builder().build();

  @AfterEach
  void stop() {
    asked.close();
  }

  private void assertAsked(int times) {
    assertThat(asked.requests).hasSize(times);
  }

  @Test
  @DisplayName(
      "RFC 7662 section 4 an active token is remembered for a minute: then a revocation holds")
  void aMinute() {
    asked.activate("t");
    assertActive(introspector, "t");
    asked.revoke("t");
    asked.clock.advance(Duration.ofMinutes(1).minus(MILLI));
    assertActive(introspector, "t");
    assertAsked(1);
    asked.clock.advance(MILLI);
    assertRefused(introspector, "t", "inactive");
    assertAsked(2);
  }

  @Test
  @DisplayName("RFC 7662 section 4 using a remembered token doesn't make it live longer")
  void notProlonged() {
    asked.activate("t");
    assertActive(introspector, "t");
    asked.revoke("t");
    for (int i = 0; i < 59; i++) {
      asked.clock.advance(Duration.ofSeconds(1));
      assertActive(introspector, "t");
    }
    asked.clock.advance(Duration.ofSeconds(1));
    assertRefused(introspector, "t", "inactive");
  }

  @Test
  @DisplayName("RFC 7662 section 4 no answer is remembered beyond exp, not even by the leeway")
  void exp() {
    asked.say("t", asked.active().replace("" + (asked.now() + 3600), "" + (asked.now() + 20)));
    assertActive(introspector, "t");
    asked.revoke("t");
    asked.clock.advance(Duration.ofSeconds(20).minus(MILLI));
    assertActive(introspector, "t");
    asked.clock.advance(MILLI);
    assertRefused(introspector, "t", "inactive");
    assertAsked(2);
  }

  @Test
  @DisplayName("RFC 7662 section 4 a refused token is remembered for 10 seconds, then asked about")
  void refused() {
    assertRefused(introspector, "t", "inactive");
    asked.activate("t");
    asked.clock.advance(Duration.ofSeconds(10).minus(MILLI));
    assertRefused(introspector, "t", "inactive");
    assertAsked(1);
    asked.clock.advance(MILLI);
    assertActive(introspector, "t");
    assertActive(introspector, "t");
    assertAsked(2);
  }

  @Test
  @DisplayName("RFC 7662 section 4 with no memory each use asks; a short one is short for all")
  void options() {
    TokenIntrospector none = asked.builder().rememberFor(Duration.ZERO).build();
    asked.activate("t");
    assertActive(none, "t");
    assertActive(none, "t");
    assertRefused(none, "u", "inactive");
    assertRefused(none, "u", "inactive");
    assertAsked(4);
    TokenIntrospector brief = asked.builder().rememberFor(Duration.ofSeconds(2)).build();
    assertActive(brief, "t");
    assertRefused(brief, "u", "inactive");
    asked.clock.advance(Duration.ofSeconds(2));
    assertActive(brief, "t");
    assertRefused(brief, "u", "inactive");
    assertAsked(8);
    TokenIntrospector longest = asked.builder().rememberFor(Duration.ofMinutes(5)).build();
    assertActive(longest, "t");
    asked.clock.advance(Duration.ofMinutes(5).minus(MILLI));
    assertActive(longest, "t");
    assertAsked(9);
    asked.clock.advance(MILLI);
    assertActive(longest, "t");
    assertAsked(10);
  }

  @Test
  @DisplayName("CH-11 after a clock was set back nothing is believed that was said later")
  void setBack() {
    asked.activate("t");
    assertActive(introspector, "t");
    asked.revoke("t");
    asked.clock.advance(Duration.ofHours(-1));
    assertRefused(introspector, "t", "inactive");
  }

  @Test
  @DisplayName("RFC 7662 section 4 a flood of bad tokens pushes out no good one")
  void flood() {
    TokenIntrospector small = asked.builder().remember(8, 64 << 10).build();
    List<String> good = List.of("a", "b", "c");
    for (String token : good) {
      asked.activate(token);
      assertActive(small, token);
    }
    for (int i = 0; i < 40; i++) {
      assertRefused(small, "bad" + i, "inactive");
    }
    asked.requests.clear();
    good.forEach(token -> assertActive(small, token));
    assertAsked(0);
  }

  @Test
  @DisplayName("RFC 7662 section 4 at most so many active tokens are remembered, in so many bytes")
  void bounds() {
    TokenIntrospector few = asked.builder().remember(4, 1 << 20).build();
    TokenIntrospector small = asked.builder().remember(1000, 64 << 10).build();
    for (int i = 0; i < 15; i++) {
      asked.activate("t" + i, "\"x\":[" + "1,".repeat(40) + "1]");
      assertActive(few, "t" + i);
      assertActive(small, "t" + i);
    }
    for (TokenIntrospector bounded : List.of(few, small)) {
      asked.requests.clear();
      assertActive(bounded, "t14");
      assertAsked(0);
      for (int i = 0; i < 15; i++) {
        assertActive(bounded, "t" + i);
      }
      assertThat(asked.requests).hasSizeGreaterThanOrEqualTo(8);
    }
  }
}
