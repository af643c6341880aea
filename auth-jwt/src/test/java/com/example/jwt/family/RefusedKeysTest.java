package com.example.jwt.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.jwt.key.Jwk;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.jwt.refresh.JwtIssuer;
import dev.sallyport.jwt.refresh.RefreshFamilies;
import dev.sallyport.scheme.Sallyport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RefusedKeysTest {
  private static final SigningKey SECRET = JwtFixture.FIRST;
  private static final String CLOSED = Jwk.privateJwk(JwtFixture.SIGNING);
  private static final String OPEN =
      Jwk.publicJwk(JwtFixture.key(JwsAlgorithm.ES256).verificationKey().withKeyId("open"));
  private static final String OCT = Jwk.privateJwk(SECRET);

  private final JwtFixture fixture = new JwtFixture();

  private static String set(String... jwks) {
    return "{\"keys\":[" + String.join(",", jwks) + "]}";
  }

  /** It is refused, and nothing of it is shown. */
  private static void assertRefused(Runnable work) {
    assertThatThrownBy(work::run)
        .isInstanceOf(IllegalArgumentException.class)
        .satisfies(
            thrown -> {
              StringWriter trace = new StringWriter();
              thrown.printStackTrace(new PrintWriter(trace));
              for (String secret : List.of(member(CLOSED, "d"), member(OCT, "k"))) {
                assertThat(trace.toString()).doesNotContain(secret);
              }
            });
  }

  private static String member(String jwk, String name) {
    int start = jwk.indexOf("\"" + name + "\":\"") + name.length() + 4;
    return jwk.substring(start, jwk.indexOf('"', start));
  }

  @Test
  @DisplayName("JW-5, row 99 a set that is no set, has no signer, mixes, or names a key twice")
  void sets() {
    String many =
        IntStream.range(0, 100)
            .mapToObj(i -> OPEN.replace("\"open\"", "\"open-" + i + "\""))
            .collect(Collectors.joining(","));
    List<String> texts = new ArrayList<>();
    texts.addAll(List.of("", " ", "null", "[]", "{}", "x", "{\"keys\":{}}", "{\"keys\":[1]}"));
    texts.addAll(List.of(set(), set("{}"), set("{\"keys\":[]}"), set(OPEN), set(OPEN, CLOSED)));
    texts.addAll(List.of(set(CLOSED, OCT), set(OCT, CLOSED), set(OCT, OPEN), set(CLOSED, "{}")));
    texts.addAll(List.of(set(CLOSED, CLOSED), set(OCT, OCT), set(CLOSED, many)));
    texts.addAll(List.of(set(CLOSED) + "x", set(CLOSED) + set(CLOSED), CLOSED, OCT));
    texts.add("{\"keys\":[" + CLOSED + "],\"keys\":[" + CLOSED + "]}");
    texts.add(set(CLOSED.replace("\"use\":\"sig\"", "\"use\":\"enc\"")));
    texts.add(set(CLOSED.replace("ES256", "HS256")));
    texts.add(set(OCT.replace("\"alg\":\"HS256\",", "")));
    texts.add(set(OCT.replace(member(OCT, "k"), "A".repeat(42))));
    texts.add(set(OCT.replace("\"k\":\"", "\"k\":\"=")));
    texts.add(set(CLOSED, OPEN.replace("}", ",\"exp\":\"soon\"}")));
    texts.add(set(CLOSED, OPEN.replace("}", ",\"exp\":-1}")));
    texts.add(set(CLOSED, OPEN.replace("}", ",\"exp\":1e400}")));
    for (String text : texts) {
      assertRefused(
          () -> SigningKeySet.read(AuthEnvironment.standard().withClock(fixture.clock), text));
    }
  }

  @Test
  @DisplayName("JW-5 keys of a host are one object of two sets, each once, and nothing else")
  void files() {
    String signing = "\"signing\":" + set(CLOSED);
    String refresh = "\"refresh\":" + set(OCT);
    assertThat(
            JwtKeys.read(
                    AuthEnvironment.standard().withClock(fixture.clock),
                    "{" + signing + "," + refresh + "}")
                .toString())
        .startsWith("JwtKeys[");
    List<String> texts = new ArrayList<>();
    texts.addAll(List.of("", "null", "{}", "[" + set(CLOSED) + "," + set(OCT) + "]", set(CLOSED)));
    texts.add("{" + signing + "}");
    texts.add("{" + refresh + "}");
    texts.add("{" + signing + "," + refresh);
    texts.add("{" + signing + "," + refresh + "}}");
    texts.add("{" + signing + "," + refresh + "," + signing + "}");
    texts.add("{" + signing + "," + refresh + ",\"other\":" + set(OCT) + "}");
    texts.add("{" + signing + "," + refresh + ",\"other\":1}");
    texts.add("{\"signing\":" + set(CLOSED) + ",\"refresh\":" + set(CLOSED) + "}");
    texts.add("{\"signing\":" + set(OPEN) + ",\"refresh\":" + set(OCT) + "}");
    texts.add("{\"signing\":null," + refresh + "}");
    texts.add("{\"signing\":\"" + "x" + "\"," + refresh + "}");
    texts.add("{" + signing + "," + refresh.replace("k", "\uD800") + "}");
    for (String text : texts) {
      assertRefused(() -> JwtKeys.read(AuthEnvironment.standard().withClock(fixture.clock), text));
    }
  }

  @Test
  @DisplayName("JW-7 refresh tokens are made with secrets that sign nothing else")
  void refreshKeys() {
    SigningKeySet open = SigningKeySet.of(JwtFixture.SIGNING);
    SigningKeySet secrets = SigningKeySet.of(SECRET);
    JwtIssuer issuer = JwtIssuer.of("i", "a", secrets);
    assertRefused(() -> JwtKeys.of(open, open));
    assertRefused(() -> JwtKeys.of(secrets, secrets));
    assertRefused(() -> JwtKeys.of(secrets, open));
    assertRefused(
        () -> RefreshFamilies.of(Sallyport.of(fixture.users, fixture.store), issuer, secrets));
    assertRefused(
        () -> RefreshFamilies.of(Sallyport.of(fixture.users, fixture.store), issuer, open));
    assertRefused(() -> JwtKeys.of(open, secrets)); // which sign for the issuer
    JwtKeys.of(open, SigningKeySet.of(SECRET));
  }

  @Test
  @DisplayName("PW-6, JW-5 keys show their ids and nothing else")
  void shown() {
    JwtKeys keys = JwtKeys.generate(AuthEnvironment.standard(), JwsAlgorithm.EDDSA);
    String id = keys.signing().current().keyId().orElseThrow();
    String refreshId = keys.refresh().current().keyId().orElseThrow();
    assertThat(keys.signing().current().toString()).isEqualTo("SigningKey[EDDSA " + id + "]");
    assertThat(keys.toString())
        .isEqualTo(
            "JwtKeys[SigningKeySet[VerificationKey[EDDSA "
                + id
                + "]], SigningKeySet[VerificationKey[HS256 "
                + refreshId
                + "]]]");
  }
}
