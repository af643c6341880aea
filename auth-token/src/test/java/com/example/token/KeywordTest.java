package com.example.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Challenge;
import dev.sallyport.NotAttempted;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.testkit.TestRequest;
import dev.sallyport.token.TokenAuthenticator;
import dev.sallyport.token.Tokens;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeywordTest {
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
        "Token ",
        "token ",
        "TOKEN ",
        "tOkEn   ",
        "Bearer ",
        "bearer  ",
        "BEARER ",
        "bEARer "
      })
  @DisplayName("TK-3 Token and Bearer in any letter case, one or more spaces behind")
  void keywords(String keyword) {
    assertThat(send(keyword + token)).isInstanceOf(Authenticated.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "To\u212Aen ",
        "T\u00F6ken ",
        "Beare\u0280 ",
        "T\u043Eken ",
        "Tokenx ",
        "Toke ",
        "Basic ",
        "Token\t",
        "Bearer\u00A0",
        "Token",
        "Bearer:",
        "Token=",
        " Token ",
        "",
        "Token Bearer ",
      })
  @DisplayName("TK-3 what is not the keyword and a space takes no token, and no store is asked")
  void otherKeywords(String keyword) {
    assertThat(send(keyword + token)).isNotInstanceOf(Authenticated.class);
    assertThat(fixture.watched.calls()).isEmpty();
  }

  @Test
  @DisplayName("TK-3, BA-1 keywords are compared by ASCII letters, in Turkey as well")
  void turkish() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr-TR"));
    try {
      TokenFixture turkish = new TokenFixture(b -> b, b -> b.keywords("Bit", "TITLE"));
      String good = turkish.issue().token().reveal();
      for (String same : new String[] {"bit ", "BIT ", "title ", "Title "}) {
        assertThat(turkish.authenticator.authenticate(request(same + good)))
            .isInstanceOf(Authenticated.class);
      }
      for (String other : new String[] {"b\u0131t ", "B\u0130T ", "t\u0131tle ", "T\u0130TLE "}) {
        assertThat(turkish.authenticator.authenticate(request(other + good)))
            .isNotInstanceOf(Authenticated.class);
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  @DisplayName("TK-3 the keywords can be set, and each is a challenge")
  void settable() {
    TokenFixture key = new TokenFixture(b -> b, b -> b.keywords("Key").realm("orders"));
    String good = key.issue().token().reveal();
    assertThat(key.authenticator.authenticate(request("kEY " + good)))
        .isInstanceOfSatisfying(
            Authenticated.class,
            who -> assertThat(who.challenge()).contains(Challenge.of("Key", "orders")));
    assertThat(key.authenticator.authenticate(request("Token " + good)))
        .isSameAs(NotAttempted.OTHER_SCHEME);
    assertThat(key.chain.authenticate(request("Bearer " + good))).isInstanceOf(NotAttempted.class);
    assertThat(key.authenticator.challenges(request("")))
        .containsExactly(Challenge.of("Key", "orders"));
    assertThat(fixture.authenticator.challenges(request("")))
        .containsExactly(Challenge.of("Token", "api"), Challenge.of("Bearer", "api"));
  }

  @Test
  @DisplayName("TK-3 no keyword, one twice, or one that no header can carry: refused when built")
  void badKeywords() {
    TokenAuthenticator.Builder builder = TokenAuthenticator.builder(fixture.tokens);
    String[] none = {};
    assertThatThrownBy(() -> builder.keywords(none)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.keywords("Token", "token"))
        .isInstanceOf(IllegalArgumentException.class);
    for (String bad : new String[] {"", "a b", "k\u00E9y", "a,", "a\n", "\u212Aey"}) {
      assertThatThrownBy(() -> builder.keywords(bad).build())
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> builder.keywords("Token").realm("caf\u00E9").build())
        .isInstanceOf(IllegalArgumentException.class);
    Tokens inCookie =
        Tokens.builder(Sallyport.of(fixture.users, fixture.watched)).inCookie().build();
    assertThatThrownBy(() -> TokenAuthenticator.builder(inCookie).keywords("Token").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cookie");
  }
}
