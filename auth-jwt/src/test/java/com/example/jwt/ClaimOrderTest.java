package com.example.jwt;

import static com.example.jwt.Forge.NOW;
import static com.example.jwt.Forge.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.jwt.key.VerificationKeys;
import dev.sallyport.jwt.token.JwtRefusal;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Of keys of ours and of others: a verifier of either learns in which order claims stand. */
class ClaimOrderTest {
  private static final Map<String, String> ALL =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("iss", quoted(Forge.ISSUER)),
              Map.entry("sub", quoted("alice")),
              Map.entry("aud", quoted(Forge.AUDIENCE)),
              Map.entry("exp", Long.toString(NOW + 300)),
              Map.entry("iat", Long.toString(NOW - 1)),
              Map.entry("nbf", Long.toString(NOW - 2)),
              Map.entry("jti", quoted("7")),
              Map.entry("sid", quoted("family")),
              Map.entry("epoch", "3"),
              Map.entry("auth_time", "1"),
              Map.entry("username", quoted("Alice")),
              Map.entry("roles", "[\"a\",\"b\"]"),
              Map.entry("scope", quoted("read")),
              Map.entry("is", "1"),
              Map.entry("issu", "2"),
              Map.entry("ISS", "3"),
              Map.entry("", "4"),
              Map.entry("epoch\\u0000", "5")));

  static Stream<JwtVerifier> verifiers() {
    return Stream.of(VerificationKeys.of(Forge.KEY.verificationKey()), SigningKeySet.of(Forge.KEY))
        .map(keys -> Forge.builder(keys).rememberNone().maxLength(65_536).build());
  }

  private static String member(String name) {
    return quoted(name) + ":" + ALL.get(name);
  }

  private static String object(List<String> members) {
    return "{" + String.join(",", members) + "}";
  }

  private static void assertBadClaims(JwtVerifier verifier, String payload) {
    assertThat(Forge.refusal(verifier.verify(Forge.withPayload(payload))))
        .as(payload)
        .isEqualTo(JwtRefusal.BAD_CLAIMS);
  }

  @ParameterizedTest
  @MethodSource("verifiers")
  @DisplayName("JW-3 claims mean the same in any order, and among others")
  void anyOrder(JwtVerifier verifier) {
    List<String> names = new ArrayList<>(ALL.keySet());
    for (int seed = 0; seed < 500; seed++) {
      Collections.shuffle(names, new Random(seed));
      String payload = object(names.stream().map(ClaimOrderTest::member).toList());
      VerifiedJwt jwt = (VerifiedJwt) verifier.verify(Forge.withPayload(payload));
      assertThat(jwt.subject()).as(payload).isEqualTo("alice");
      assertThat(jwt.id()).contains("7");
      assertThat(jwt.issuedAt()).contains(Instant.ofEpochSecond(NOW - 1));
      assertThat(jwt.claims())
          .isEqualTo(
              Map.ofEntries(
                  Map.entry("sid", "family"),
                  Map.entry("epoch", 3L),
                  Map.entry("auth_time", 1L),
                  Map.entry("username", "Alice"),
                  Map.entry("roles", List.of("a", "b")),
                  Map.entry("scope", "read"),
                  Map.entry("is", 1L),
                  Map.entry("issu", 2L),
                  Map.entry("ISS", 3L),
                  Map.entry("", 4L),
                  Map.entry("epoch\0", 5L)));
    }
  }

  @ParameterizedTest
  @MethodSource("verifiers")
  @DisplayName("JW-2 CVE-2017-12635: any claim that appears twice, even if one is null or escaped")
  void twice(JwtVerifier verifier) {
    for (String name : ALL.keySet()) {
      String escaped =
          name.isEmpty() ? name : "\\u%04x%s".formatted((int) name.charAt(0), name.substring(1));
      List<String> members =
          new ArrayList<>(ALL.keySet().stream().map(ClaimOrderTest::member).toList());
      for (String again :
          List.of(member(name), quoted(name) + ":null", quoted(escaped) + ":" + ALL.get(name))) {
        members.add(again);
        assertBadClaims(verifier, object(members));
        members.remove(members.size() - 1);
        members.add(0, again);
        assertBadClaims(verifier, object(members));
        members.remove(0);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("verifiers")
  @DisplayName("JW-3 a name is the same wherever the parser's buffer ends")
  void anyPlace(JwtVerifier verifier) {
    String rest = object(ALL.keySet().stream().map(ClaimOrderTest::member).toList()).substring(1);
    for (String last : List.of("x", "\u00e9")) {
      IntStream.concat(IntStream.range(3700, 4020), IntStream.range(35_700, 36_020))
          .mapToObj(length -> quoted("x".repeat(length) + last))
          .forEach(
              pad -> {
                String token = Forge.withPayload("{\"pad\":" + pad + "," + rest);
                VerifiedJwt jwt = (VerifiedJwt) verifier.verify(token);
                assertThat(jwt.claims()).hasSize(12).containsEntry("epoch", 3L);
                assertThat(jwt.claims()).containsEntry("is", 1L).containsEntry("ISS", 3L);
                assertThat(jwt.id()).contains("7");
              });
    }
  }

  @ParameterizedTest
  @MethodSource("verifiers")
  @DisplayName("JW-2 claims that end too early are none, wherever it is")
  void cutOff(JwtVerifier verifier) {
    String whole = object(ALL.keySet().stream().map(ClaimOrderTest::member).toList());
    assertThat(verifier.verify(Forge.withPayload(whole))).isInstanceOf(VerifiedJwt.class);
    for (int i = 0; i < whole.length(); i++) {
      assertBadClaims(verifier, whole.substring(0, i));
    }
  }

  @ParameterizedTest
  @MethodSource("verifiers")
  @DisplayName("JW-3 a claim that is null is absent, and a registered one may not be null")
  void nothing(JwtVerifier verifier) {
    for (String name : List.of("sid", "epoch", "roles", "x")) {
      VerifiedJwt jwt = (VerifiedJwt) verifier.verify(Forge.token(name, "null"));
      assertThat(jwt.claims()).isEmpty();
    }
    for (String name : List.of("iss", "sub", "aud", "exp", "nbf", "iat", "jti")) {
      assertBadClaims(verifier, Forge.claims(name, "null"));
    }
  }
}
