package com.example.jwt.family;

import static com.example.jwt.family.JwtFixture.SECRET;
import static com.example.jwt.family.JwtFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.NotAttempted;
import dev.sallyport.jwt.refresh.RefreshResult;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.store.TokenRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tokens that nobody here has made. None may ask the store, raise an event or end a family. */
class ForgeryTest {
  private final JwtFixture fixture = new JwtFixture();
  private final TokenPair pair = fixture.start();
  private final Wire wire = Wire.parse(pair.refreshToken().reveal());
  private final long version = fixture.records().get(0).version();

  @BeforeEach
  void forget() {
    fixture.first.store.forget();
  }

  @AfterEach
  void harmless() {
    assertThat(fixture.first.store.calls()).isEmpty();
    assertThat(fixture.events.events()).as("only the login").hasSize(1);
    assertThat(fixture.records())
        .singleElement()
        .extracting(TokenRecord::version)
        .isEqualTo(version);
    fixture.clock.advance(Duration.ofHours(1));
    fixture.first.next(pair);
  }

  private void assertHarmless(String token, String reason) {
    assertRefused(fixture.first.families.refresh(token), reason);
    assertThat(fixture.first.families.revoke(token)).isFalse();
  }

  @Test
  @DisplayName("JW-7, JW-8 a token with any one part exchanged is forged")
  void parts() {
    byte[] other = JwtFixture.random(32);
    byte[] otherFamily = Wire.parse(new JwtFixture().start().refreshToken().reveal()).family();
    Map<String, Wire> forged =
        Map.of(
            "tag", wire.tag(other),
            "zero tag", wire.tag(new byte[32]),
            "generation", wire.generation(1),
            "secret", wire.secret(other),
            "family", wire.family(otherFamily),
            "key id", wire.keyId("second"),
            "tag of another key", wire.taggedBy(other),
            "successor by another key", wire.successor(other));
    forged.forEach((what, token) -> assertHarmless(token.text(), "forged"));
  }

  @Test
  @DisplayName("JW-7 a key id that nobody has is an unknown key, whoever has tagged it")
  void unknownKey() {
    for (String id : List.of("third", "First", "first ", "firs", "../first", "'", "\0", "é🦊")) {
      assertHarmless(wire.keyId(id).text(), "unknown_key");
      assertHarmless(wire.keyId(id).taggedBy(SECRET).text(), "unknown_key");
    }
  }

  @Test
  @DisplayName("JW-7 every single bit of a token counts")
  void bits() {
    byte[] good = Wire.bytes(pair.refreshToken().reveal());
    for (int bit = 0; bit < good.length * 8; bit++) {
      byte[] changed = good.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(fixture.first.families.refresh(Wire.text(changed)))
          .as("bit %d", bit)
          .isInstanceOf(RefreshResult.Refused.class);
    }
  }

  @Test
  @DisplayName("JW-7 what has not exactly the form of a token is malformed")
  void malformed() {
    String good = pair.refreshToken().reveal();
    String body = good.substring(Wire.PREFIX.length());
    List<String> texts = new ArrayList<>();
    texts.addAll(List.of("", " ", "x", "\0", "é", "\uD800", "null", "{}", ".", "a.b.c", "sallyr_"));
    texts.addAll(List.of(body, "sally_" + body, "SALLYR_" + body, "sallyr-" + body, "_" + body));
    texts.addAll(List.of(" " + good, good + " ", good + "\n", good + "=", good + "==", good + "."));
    texts.addAll(List.of(good + good, good + "\0", good.replace("sallyr_", "sallyr_ ")));
    texts.addAll(
        List.of("sallyr_" + "A".repeat(10_240), "A".repeat(10_240), good + "A".repeat(10_240)));
    texts.addAll(List.of("sallyr_" + "A".repeat(2162), "sallyr_" + "=".repeat(500)));
    texts.add(wire.keyId("").text());
    texts.add(Wire.text(new byte[84]));
    texts.add(Wire.text(new byte[83]));
    texts.add(pair.accessToken().reveal());
    for (String text : texts) {
      assertHarmless(text, "malformed");
    }
  }

  @Test
  @DisplayName("JW-7, row 74 unused bits, padding and the other alphabet are malformed")
  void canonical() {
    TokenPair odd = withStrayBits();
    String text = odd.refreshToken().reveal();
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    int last = alphabet.indexOf(text.charAt(text.length() - 1));
    String stray = text.substring(0, text.length() - 1) + alphabet.charAt(last + 1);
    assertHarmless(stray, "malformed");
    assertHarmless(text + "=", "malformed");
    assertHarmless(Wire.PREFIX + "+/+/" + text.substring(11), "malformed");
  }

  /** 84 bytes and an id of 5 are 89, whose last digit has bits to spare. */
  private TokenPair withStrayBits() {
    assertThat(Wire.bytes(pair.refreshToken().reveal()).length % 3).isNotZero();
    return pair;
  }

  @Test
  @DisplayName("JW-6 a refresh token is no access token: a bearer of another format")
  void asAccessToken() {
    assertThat(
            fixture.first.authenticator.authenticate(
                Node.bearer(pair.refreshToken().reveal()).build()))
        .isInstanceOf(NotAttempted.class);
  }
}
