package com.example.jwt.family;

import static com.example.jwt.family.JwtFixture.CLIENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.Authenticated;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.store.User;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostClaimsTest {
  private Function<User, Map<String, ?>> claims = user -> Map.of();
  private final JwtFixture fixture =
      new JwtFixture(JwtFixture.Options.none().issuer(b -> b.claims(user -> claims.apply(user))));

  private Authenticated with(Map<String, ?> added) {
    claims = user -> added;
    return (Authenticated) fixture.first.present(fixture.start());
  }

  @Test
  @DisplayName("JW-10, CH-12 they are in the token, and in the attributes of who presents it")
  void added() {
    Map<String, Object> nested = new LinkedHashMap<>();
    nested.put("deep", List.of(Map.of("x", true), List.of()));
    nested.put("none", null);
    Map<String, Object> added = new HashMap<>();
    added.put("tenant", "acme \"é\" 🦊 \u0000 </script>");
    added.put("admin", false);
    added.put("count", 7);
    added.put("long", Long.MIN_VALUE);
    added.put("ratio", 0.5);
    added.put("set", Set.of("one"));
    added.put("nested", nested);
    added.put("nothing", null);
    added.put("", "empty");
    Map<String, Object> expected = new HashMap<>(added);
    expected.remove("nothing");
    expected.put("count", 7L);
    expected.put("set", List.of("one"));
    assertThat(with(added).attributes()).isEqualTo(expected);
    TokenPair pair = fixture.start();
    assertThat(JwtFixture.claims(pair.accessToken().reveal()).get("tenant").textValue())
        .isEqualTo(added.get("tenant"));
    assertThat(JwtFixture.claims(pair.accessToken().reveal()).get("nothing").isNull()).isTrue();
  }

  @Test
  @DisplayName("JW-10 they are asked for at every exchange, of the user as they are then")
  void fresh() {
    claims = user -> Map.of("roles_then", List.copyOf(user.principal().roles()));
    TokenPair pair = fixture.start();
    fixture.change(user -> user.roles(Set.of("admin")));
    TokenPair next = fixture.first.next(pair);
    assertThat(((Authenticated) fixture.first.present(next)).attributes())
        .isEqualTo(Map.of("roles_then", List.of("admin")));
    fixture.change(user -> user.roles(Set.of()));
    assertThat(((Authenticated) fixture.second.present(fixture.second.next(pair))).attributes())
        .isEqualTo(Map.of("roles_then", List.of()));
  }

  /** Neither at the login, nor at an exchange, nor within the grace, is anything lost or kept. */
  private void assertRefused(Map<String, ?> added, String... inMessage) {
    TokenPair pair = fixture.start();
    TokenPair old = fixture.start();
    TokenPair next = fixture.first.next(old);
    int kept = fixture.records().size();
    int rotated = fixture.rotated(false).size();
    claims = user -> added;
    List<Runnable> attempts =
        List.of(
            () -> fixture.start(),
            () -> fixture.first.refresh(pair),
            () -> fixture.first.refresh(old));
    for (Runnable attempt : attempts) {
      assertThatThrownBy(attempt::run)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll(inMessage);
    }
    assertThat(fixture.records()).hasSize(kept);
    assertThat(fixture.rotated(false)).hasSize(rotated);
    assertThat(fixture.events.events(AuthEvent.Issued.class)).hasSize(kept);
    claims = user -> Map.of();
    fixture.first.next(pair);
    assertThat(fixture.second.next(old).refreshToken().reveal())
        .isEqualTo(next.refreshToken().reveal());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "iss",
        "sub",
        "aud",
        "client_id",
        "exp",
        "nbf",
        "iat",
        "jti",
        "sid",
        "epoch",
        "username",
        "roles",
        "scope",
        "auth_time"
      })
  @DisplayName("JW-10 the registered names and the issuer's own are refused, by name")
  void reserved(String name) {
    assertRefused(Map.of(name, "x"), "'" + name + "'");
    assertRefused(Map.of("fine", 1, name, List.of()), "'" + name + "'");
    assertRefused(Collections.singletonMap(name, null), "'" + name + "'");
  }

  @Test
  @DisplayName("JW-10 names are compared exactly: in other letters they are the host's")
  void otherCase() {
    Map<String, Object> added = Map.of("Sub", "x", "ROLES", List.of("admin"), "exp ", 1L);
    Authenticated who = with(added);
    assertThat(who.attributes()).isEqualTo(added);
    assertThat(who.principal().roles()).containsExactlyInAnyOrder("editor", "reader");
  }

  static List<Object> unserialisable() {
    return List.of(
        new Object(),
        Instant.EPOCH,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        1.5f,
        'c',
        new byte[1],
        BigInteger.TEN,
        Optional.of("x"),
        Locale.ROOT);
  }

  @ParameterizedTest
  @MethodSource
  @DisplayName("JW-10 values that JSON has not are refused by name and class, at any depth")
  void unserialisable(Object value) {
    String type = value.getClass().getName();
    assertRefused(Map.of("odd", value), "'odd'", type);
    assertRefused(Map.of("odd", List.of(1, Map.of("x", value))), "'odd'", type);
  }

  @Test
  @DisplayName("JW-10 what the host's function throws surfaces as itself, and nothing is kept")
  void throwing() {
    TokenPair pair = fixture.start();
    claims =
        user -> {
          throw new UnsupportedOperationException("the host's own");
        };
    assertThatThrownBy(() -> fixture.first.refresh(pair)).hasMessage("the host's own");
    assertThatThrownBy(
            () ->
                fixture.first.families.start(fixture.alice, fixture.clock.instant(), CLIENT, null))
        .hasMessage("the host's own");
    assertThat(fixture.records()).hasSize(1);
    claims = user -> Map.of();
    fixture.first.next(pair);
  }
}
