package com.example.guard;

import static com.example.guard.Users.alice;
import static dev.sallyport.guard.Verdict.ALLOWED;
import static dev.sallyport.guard.Verdict.DENIED;
import static dev.sallyport.guard.Verdict.REAUTHENTICATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.guard.Access;
import dev.sallyport.guard.Permission;
import dev.sallyport.guard.Verdict;
import dev.sallyport.testkit.TestRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may. */
class PermissionTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final AuthRequest GET = TestRequest.get("/").build();

  private static Access access(Authenticated who) {
    return Access.of(GET, who, NOW);
  }

  private static Permission says(Verdict verdict) {
    return access -> verdict;
  }

  @Test
  @DisplayName("GU-1 anyone is anyone")
  void anyone() {
    assertThat(Permission.anyone().check(access(null))).isEqualTo(ALLOWED);
    assertThat(Permission.anyone().check(access(alice().build()))).isEqualTo(ALLOWED);
  }

  static Stream<Permission> closed() {
    return Stream.of(
        Permission.authenticated(),
        Permission.role("admin"),
        Permission.scope("read"),
        Permission.authenticatedWithin(Duration.ofDays(1)),
        Permission.who(who -> true),
        Permission.authenticated().and(Permission.anyone()),
        Permission.role("a").or(Permission.scope("b")));
  }

  @ParameterizedTest
  @MethodSource("closed")
  @DisplayName("GU-1, row 10, CVE-2024-22234 nobody is nobody: denied, and no exception")
  void nobody(Permission permission) {
    assertThat(permission.check(access(null))).isEqualTo(DENIED);
  }

  @Test
  @DisplayName("GU-1 authenticated is whoever is authenticated")
  void authenticated() {
    assertThat(Permission.authenticated().check(access(alice().build()))).isEqualTo(ALLOWED);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,true",
    "HEAD,true",
    "OPTIONS,true",
    "TRACE,true",
    "POST,false",
    "PUT,false",
    "PATCH,false",
    "DELETE,false",
    "get,false",
  })
  @DisplayName("GU-1 anybody may read, and change things only when authenticated")
  void readOnly(String method, boolean allowed) {
    AuthRequest request = TestRequest.of(method, "/").build();
    Permission permission = Permission.authenticatedOrReadOnly();
    assertThat(permission.check(Access.of(request, null, NOW)))
        .isEqualTo(allowed ? ALLOWED : DENIED);
    assertThat(permission.check(Access.of(request, alice().build(), NOW))).isEqualTo(ALLOWED);
  }

  @Test
  @DisplayName("GU-1 a role is compared exactly")
  void role() {
    Permission admin = Permission.role("admin");
    assertThat(admin.check(access(alice("user", "admin").build()))).isEqualTo(ALLOWED);
    assertThat(admin.check(access(alice("Admin", "administrator").build()))).isEqualTo(DENIED);
    assertThat(admin.check(access(alice().build()))).isEqualTo(DENIED);
  }

  @Test
  @DisplayName("GU-1, GU-2 a scope is had by name, or by being unrestricted; else it is named")
  void scope() {
    Permission read = Permission.scope("read");
    assertThat(read.check(access(alice().scopes(Set.of("read")).build()))).isEqualTo(ALLOWED);
    assertThat(read.check(access(alice().build()))).as("unrestricted").isEqualTo(ALLOWED);
    for (Set<String> scopes : List.of(Set.<String>of(), Set.of("write"), Set.of("READ"))) {
      Verdict verdict = read.check(access(alice().scopes(scopes).build()));
      assertThat(verdict.isAllowed()).isFalse();
      assertThat(verdict).hasToString("INSUFFICIENT_SCOPE[read]");
    }
  }

  @Test
  @DisplayName("GU-1, HT-1 scopes restrict where a scope is asked for, and nowhere else")
  void scopesAreAskedFor() {
    Access restricted = access(alice("admin").scopes(Set.of("read")).build());
    assertThat(Permission.authenticated().check(restricted)).isEqualTo(ALLOWED);
    assertThat(Permission.authenticatedOrReadOnly().check(restricted)).isEqualTo(ALLOWED);
    assertThat(Permission.role("admin").check(restricted)).isEqualTo(ALLOWED);
    assertThat(Permission.scope("account").check(restricted).isAllowed()).isFalse();
    assertThat(
            Permission.role("admin").and(Permission.scope("account")).check(restricted).isAllowed())
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\"", "a\\", "a\n", "\u007F", "\u00E9", "\0"})
  @DisplayName("GU-1 what is no scope-token is refused at once")
  void badScopes(String scope) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Permission.scope(scope))
        .withMessageContaining("RFC 6749");
  }

  @Test
  @DisplayName("GU-1 every character that a scope-token can have is taken")
  void goodScopes() {
    for (char c = '!'; c <= '~'; c++) {
      if (c != '"' && c != '\\') {
        String scope = "a" + c;
        assertThatCode(() -> Permission.scope(scope)).doesNotThrowAnyException();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0,true",
    "1,true",
    "59999999999,true",
    "60000000000,false",
    "60000000001,false",
    "-5000000000,true"
  })
  @DisplayName("GU-1, row 63 authenticatedWithin holds until 1 ns before the limit, not at it")
  void within(long nanosAgo, boolean allowed) {
    Authenticated who = alice().authenticatedAt(NOW.minusNanos(nanosAgo)).build();
    assertThat(Permission.authenticatedWithin(Duration.ofMinutes(1)).check(access(who)))
        .isEqualTo(allowed ? ALLOWED : REAUTHENTICATE);
  }

  @Test
  @DisplayName("GU-1 where nobody knows when the user proved themselves, it was too long ago")
  void withinUnknown() {
    assertThat(Permission.authenticatedWithin(Duration.ofDays(9999)).check(access(alice().build())))
        .isEqualTo(REAUTHENTICATE);
  }

  @Test
  @DisplayName("GU-1 a limit must be more than zero, and may be as long as there is")
  void limits() {
    for (Duration limit : List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofDays(-1))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Permission.authenticatedWithin(limit))
          .withMessageContaining(limit.toString());
    }
    Authenticated who = alice().authenticatedAt(NOW.minusSeconds(1)).build();
    assertThat(Permission.authenticatedWithin(Duration.ofNanos(1)).check(access(who)))
        .isEqualTo(REAUTHENTICATE);
    assertThat(Permission.authenticatedWithin(ChronoUnit.FOREVER.getDuration()).check(access(who)))
        .isEqualTo(ALLOWED);
  }

  @Test
  @DisplayName("GU-1 the host's own test decides about whoever is authenticated")
  void own() {
    Permission alices = Permission.who(who -> who.principal().name().equals("alice"));
    Permission bobs = Permission.who(who -> who.principal().name().equals("bob"));
    assertThat(alices.check(access(alice().build()))).isEqualTo(ALLOWED);
    assertThat(bobs.check(access(alice().build()))).isEqualTo(DENIED);
    Permission odd = access -> access.now().isAfter(NOW) ? ALLOWED : DENIED;
    assertThat(odd.check(Access.of(GET, null, NOW.plusNanos(1)))).isEqualTo(ALLOWED);
  }

  @Test
  @DisplayName("GU-1 and: both must say yes; the first no is the verdict, and ends the asking")
  void and() {
    Verdict scope = Verdict.insufficientScope("a");
    Access any = access(null);
    assertThat(says(ALLOWED).and(says(ALLOWED)).check(any)).isEqualTo(ALLOWED);
    assertThat(says(ALLOWED).and(says(scope)).check(any)).isSameAs(scope);
    assertThat(says(scope).and(says(REAUTHENTICATE)).check(any)).isSameAs(scope);
    assertThat(says(DENIED).and(unasked()).check(any)).isEqualTo(DENIED);
  }

  @Test
  @DisplayName("GU-1 or: one yes will do; of two noes the more helpful one is the verdict")
  void or() {
    Access any = access(null);
    assertThat(says(ALLOWED).or(unasked()).check(any)).isEqualTo(ALLOWED);
    assertThat(says(REAUTHENTICATE).or(says(ALLOWED)).check(any)).isEqualTo(ALLOWED);
    Verdict a = Verdict.insufficientScope("a");
    Verdict b = Verdict.insufficientScope("b");
    List<Verdict> rising = List.of(DENIED, a, REAUTHENTICATE);
    for (int i = 0; i < rising.size(); i++) {
      for (int j = 0; j < rising.size(); j++) {
        assertThat(says(rising.get(i)).or(says(rising.get(j))).check(any))
            .as("%s or %s", rising.get(i), rising.get(j))
            .isSameAs(rising.get(Math.max(i, j)));
      }
    }
    assertThat(says(a).or(says(b)).check(any)).as("of two alike the first").isSameAs(a);
  }

  @Test
  @DisplayName("GU-1 not: the opposite, whatever the no was")
  void not() {
    Access any = access(null);
    assertThat(says(ALLOWED).not().check(any)).isEqualTo(DENIED);
    for (Verdict no : List.of(DENIED, REAUTHENTICATE, Verdict.insufficientScope("a"))) {
      assertThat(says(no).not().check(any)).isEqualTo(ALLOWED);
    }
    Permission notGuests = Permission.authenticated().and(Permission.role("guest").not());
    assertThat(notGuests.check(any)).as("anonymous").isEqualTo(DENIED);
    assertThat(notGuests.check(access(alice().build()))).isEqualTo(ALLOWED);
    assertThat(notGuests.check(access(alice("guest").build()))).isEqualTo(DENIED);
  }

  private static Permission unasked() {
    return access -> {
      throw new AssertionError("asked");
    };
  }

  @Test
  @DisplayName("GU-1 null is refused where it is given")
  void nulls() {
    Permission any = Permission.anyone();
    assertThatNullPointerException().isThrownBy(() -> Permission.role(null));
    assertThatNullPointerException().isThrownBy(() -> Permission.scope(null));
    assertThatNullPointerException().isThrownBy(() -> Permission.who(null));
    assertThatNullPointerException().isThrownBy(() -> Permission.authenticatedWithin(null));
    assertThatNullPointerException().isThrownBy(() -> any.and(null));
    assertThatNullPointerException().isThrownBy(() -> any.or(null));
    assertThatNullPointerException().isThrownBy(() -> Verdict.insufficientScope(null));
    assertThatNullPointerException().isThrownBy(() -> Access.of(null, null, NOW));
    assertThat(DENIED).hasToString("DENIED");
    assertThat(access(null).request()).isSameAs(GET);
    assertThat(access(null).now()).isEqualTo(NOW);
  }
}
