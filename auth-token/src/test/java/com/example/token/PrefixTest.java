package com.example.token;

import static com.example.token.TokenFixture.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenAuthenticator;
import dev.sallyport.token.TokenResult.Issued;
import dev.sallyport.token.Tokens;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixTest {
  private final TokenFixture fixture = new TokenFixture();

  private Tokens tokens(String prefix, String... former) {
    return Tokens.builder(
            Sallyport.of(
                AuthEnvironment.standard().withClock(fixture.clock).withListener(fixture.events),
                fixture.users,
                fixture.watched))
        .prefix(prefix, former)
        .build();
  }

  private Issued issue(Tokens by) {
    return TokenFixture.remembered(by.issue(fixture.alice, NewToken.standard()));
  }

  private static AuthResult present(Tokens to, Issued issued) {
    return TokenAuthenticator.of(to).authenticate(get(issued.token().reveal()).build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a_", "acme-", "x-", "ABCDEFGHI_", "9_8-_", "a--_"})
  @DisplayName("TK-2 the prefix is the host's to set, and scanners find what is made with it")
  void prefix(String prefix) {
    Tokens own = tokens(prefix);
    Issued issued = issue(own);
    String body = issued.token().reveal().substring(prefix.length());
    assertThat(issued.token().reveal()).startsWith(prefix);
    assertThat(body.substring(43)).isEqualTo(FormatTest.check(body.substring(0, 43)));
    assertThat(present(own, issued)).isInstanceOf(Authenticated.class);
    Pattern pattern = Pattern.compile(own.pattern());
    for (String text :
        new String[] {
          issued.token().reveal(),
          "token='" + issued.token().reveal() + "'",
          "a " + issued.token().reveal() + "\n"
        }) {
      assertThat(pattern.matcher(text).results().map(found -> found.group()))
          .containsExactly(issued.token().reveal());
    }
  }

  @Test
  @DisplayName("TK-2 the pattern finds no part of a longer word, and nothing shorter")
  void pattern() {
    String token = issue(tokens("acme_")).token().reveal();
    Pattern pattern = Pattern.compile(tokens("acme_").pattern());
    for (String text :
        new String[] {
          token.substring(1), token.substring(0, token.length() - 1), token + "x", "x" + token
        }) {
      assertThat(pattern.matcher(text).find()).as(text.substring(0, 4)).isFalse();
    }
    assertThat(fixture.tokens.pattern()).isEqualTo("\\bsally_[0-9A-Za-z]{49}\\b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "_",
        "-",
        "-x-",
        "__",
        "acme",
        "ABCDEFGHIJ_",
        "a b_",
        "é_",
        "a._",
        "\n_",
        "_\n",
        "a:_",
        "(_"
      })
  @DisplayName("TK-2 other prefixes can't be set, nor named as former ones")
  void refused(String prefix) {
    assertThatThrownBy(() -> tokens(prefix)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tokens("a_", "b_", prefix))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("TK-2 tokens with a former prefix go on working where it is named, only there")
  void former() {
    Issued old = issue(tokens("old_"));
    Tokens both = tokens("new_", "older_", "old_");
    assertThat(present(both, old)).isInstanceOf(Authenticated.class);
    Issued made = issue(both);
    assertThat(made.token().reveal()).startsWith("new_");
    assertThat(present(both, made)).isInstanceOf(Authenticated.class);
    assertThat(present(tokens("new_"), old)).hasToString("NotAttempted[other_format]");
    assertThat(present(tokens("old_"), made)).hasToString("NotAttempted[other_format]");
    assertThat(both.pattern()).isEqualTo("\\b(?:new_|older_|old_)[0-9A-Za-z]{49}\\b");
    assertThat(old.token().reveal()).matches(both.pattern());
    assertThat(made.token().reveal()).matches(both.pattern());
  }

  @Test
  @DisplayName("TK-2 one prefix may begin with another")
  void overlapping() {
    Issued longer = issue(tokens("acme_old_"));
    Issued shorter = issue(tokens("acme_"));
    for (Tokens both : new Tokens[] {tokens("acme_", "acme_old_"), tokens("acme_old_", "acme_")}) {
      assertThat(present(both, shorter)).isInstanceOf(Authenticated.class);
      assertThat(present(both, longer)).isInstanceOf(Authenticated.class);
    }
  }

  @Test
  @DisplayName("TK-2, TK-3 the prefix is compared exactly, and another's digits don't fit")
  void exactly() {
    Issued issued = issue(tokens("acme_"));
    String digits = issued.token().reveal().substring(5);
    fixture.watched.forget();
    for (String other : new String[] {"ACME_", "Acme_", "acme-", "sally_", ""}) {
      AuthResult result =
          TokenAuthenticator.of(tokens("acme_")).authenticate(get(other + digits).build());
      assertThat(result).as(other).hasToString("NotAttempted[other_format]");
    }
    assertThat(fixture.watched.calls()).isEmpty();
    // The check is over the digits alone, so it holds; the digest is of the whole.
    TokenFixture.assertRefused(
        TokenAuthenticator.of(tokens("sally_")).authenticate(get("sally_" + digits).build()),
        "unknown_or_expired");
  }
}
