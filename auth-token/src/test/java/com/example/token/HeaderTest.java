package com.example.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.NotAttempted;
import dev.sallyport.Reason;
import dev.sallyport.testkit.AuthResultAssert;
import dev.sallyport.testkit.TestRequest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTest {
  private final TokenFixture fixture = new TokenFixture();
  private final String token = fixture.issue().token().reveal();

  private AuthResult send(String header) {
    fixture.watched.forget();
    return fixture.authenticator.authenticate(request(header));
  }

  private static AuthRequest request(String header) {
    return TestRequest.get("/").header("Authorization", header).build();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "%s x",
        "x %s",
        "%s %s",
        "%s ",
        "%s\t",
        "\t%s",
        "é",
        "%sé",
        "é%s",
        "%s\u00A0",
        "%s\u0000",
        "\u0000%s",
        "%s\r\nX: y",
        "\"%s\"",
        "%s;",
        "%s\uD800",
        "=",
        "===",
        "a=b",
        "%s,",
        "a:b",
        "<x>",
        "%s\u200B",
        "token=%s,"
      })
  @DisplayName("TK-3 keyword alone, two words, non-ASCII, no b64token: rejected without a look-up")
  void malformed(String credentials) {
    for (String keyword : new String[] {"Token ", "bearer "}) {
      AuthResult result = send(keyword + credentials.replace("%s", token));
      TokenFixture.assertRefused(result, "malformed");
      assertThat(fixture.watched.calls()).isEmpty();
    }
    TokenFixture.assertRefused(send("Bearer"), "malformed");
  }

  @Test
  @DisplayName("TK-3, CH-5 credentials joined by a comma, or on two lines, are several")
  void several() {
    fixture.watched.forget();
    for (AuthRequest request :
        new AuthRequest[] {
          request("Token " + token + ", Bearer " + token),
          request("Token " + token + ",x"),
          TestRequest.get("/")
              .authorization("Token " + token)
              .authorization("Bearer " + token)
              .build()
        }) {
      assertThat(fixture.authenticator.authenticate(request)).isNotInstanceOf(Authenticated.class);
      AuthResultAssert.assertThatResult(fixture.chain.authenticate(request))
          .isRejected(Reason.SEVERAL_CREDENTIALS);
    }
    assertThat(fixture.watched.calls()).isEmpty();
  }

  @Test
  @DisplayName("TK-3, CH-5 nine KiB are refused by the chain; as much of ours by anybody, unread")
  void oversized() {
    fixture.watched.forget();
    String digits = "a".repeat(9 * 1024);
    AuthResultAssert.assertThatResult(fixture.chain.authenticate(request("Bearer " + digits)))
        .isRejected(Reason.OVERSIZED);
    TokenFixture.assertRefused(send("Bearer sally_" + digits), "malformed");
    TokenFixture.assertRefused(send("Bearer " + token + digits), "malformed");
    assertThat(fixture.watched.calls()).isEmpty();
  }

  @Test
  @DisplayName("TK-3 the token is case-sensitive")
  void caseSensitive() {
    for (int i = 0; i < token.length(); i++) {
      char c = token.charAt(i);
      if (Character.isLetter(c)) {
        char other = Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c);
        String changed = token.substring(0, i) + other + token.substring(i + 1);
        assertThat(send("Token " + changed)).isNotInstanceOf(Authenticated.class);
        assertThat(fixture.watched.calls()).isEmpty();
      }
    }
  }

  @Test
  @DisplayName("TK-3 it is never taken from the query, a form or a cookie")
  void elsewhere() {
    fixture.watched.forget();
    TestRequest request =
        TestRequest.post("/?access_token=" + token + "&token=" + token)
            .form("access_token", token)
            .form("token", token)
            .cookie("__Host-token", token)
            .cookie("token", token)
            .header("X-Token", token)
            .header("Proxy-Authorization", "Bearer " + token);
    assertThat(fixture.authenticator.authenticate(request.build()))
        .isSameAs(NotAttempted.NO_CREDENTIALS);
    assertThat(fixture.watched.calls()).isEmpty();
  }
}
