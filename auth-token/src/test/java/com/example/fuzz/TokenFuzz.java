package com.example.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.Lifetime;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenAuthenticator;
import dev.sallyport.token.Tokens;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/**
 * One live token and one imported key. The input is what stands behind the keyword, a whole field,
 * the value of the cookie, and what stands around the good token. A second reading by regular
 * expressions says what must come out.
 */
public final class TokenFuzz {
  private static final String KEY = "9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b";
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final User ALICE = User.builder("1", "alice").build();
  private static final AccountStore USERS = users();
  private static final TokenStore STORE = TokenStore.inMemory();
  private static final Tokens TOKENS = builder().acceptImported().prefix("new_", "old-").build();
  private static final TokenAuthenticator HEADER = TokenAuthenticator.of(TOKENS);
  private static final TokenAuthenticator COOKIE =
      TokenAuthenticator.of(builder().inCookie().prefix("new_").build());
  private static final String GOOD = issue();

  private TokenFuzz() {}

  private static AccountStore users() {
    AccountStore users = CredentialStore.inMemory();
    users.insert(ALICE);
    return users;
  }

  private static Tokens.Builder builder() {
    return Tokens.builder(
        Sallyport.of(AuthEnvironment.standard().withListener(event -> {}), USERS, STORE));
  }

  private static String issue() {
    NewToken wanted = NewToken.standard().lifetime(Lifetime.never());
    TOKENS.importKey(ALICE, SecretDigest.of(KEY), wanted);
    return TOKENS.issue(ALICE, wanted).orElseThrow().token().reveal();
  }

  private static AuthRequest request(String name, String value) {
    return AuthRequest.builder("GET", "/", null, InetAddress.getLoopbackAddress(), true)
        .header(name, value)
        .build();
  }

  /** Eight requests. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    for (String credentials :
        List.of(text, "new_" + text, "old-" + text + check(text), GOOD + text, text + GOOD)) {
      header("Token " + credentials, credentials.replaceFirst("^ +", ""));
    }
    AuthResult whole = HEADER.authenticate(request("Authorization", text));
    if (whole instanceof Authenticated) {
      assertThat(text).matches("(?i)(token|bearer) +(?-i)(" + GOOD + "|" + KEY + ")");
    }
    cookie(text);
    assertThat(TOKENS.introspect(text).isPresent()).isEqualTo(isGood(text));
  }

  private static boolean isGood(String credentials) {
    return credentials.equals(GOOD) || credentials.equals(KEY);
  }

  private static void header(String field, String credentials) {
    AuthResult result = HEADER.authenticate(request("Authorization", field));
    String expected;
    if (isGood(credentials)) {
      expected = "Authenticated[token, 1]";
    } else if (isWhole(credentials) || credentials.matches("[0-9a-f]{40}")) {
      expected = "Rejected[token, unknown_or_expired]";
    } else if (credentials.startsWith("new_") || credentials.startsWith("old-")) {
      expected = "Rejected[token, malformed]";
    } else {
      expected =
          credentials.matches("[A-Za-z0-9._~+/-]+=*\\z")
              ? "NotAttempted[other_format]"
              : "Rejected[token, malformed]";
    }
    assertThat(result).hasToString(expected);
  }

  private static void cookie(String text) {
    AuthResult result = COOKIE.authenticate(request("Cookie", "__Host-token=" + text));
    String first = text.replaceFirst("(?s);.*", "").replaceAll("\\A[ \t]+|[ \t]+\\z", "");
    if (text.contains("__Host-token")) {
      return; // there may be several
    }
    assertThat(result)
        .hasToString(
            first.equals(GOOD)
                ? "Authenticated[token, 1]"
                : isWhole(first) && first.startsWith("new_")
                    ? "NotAttempted[unknown_or_expired]"
                    : "NotAttempted[malformed_cookie]");
  }

  private static boolean isWhole(String credentials) {
    return credentials.matches("(new_|old-)[0-9A-Za-z]{49}\\z")
        && credentials.endsWith(check(credentials.substring(4, 47)));
  }

  private static String check(String body) {
    CRC32 crc = new CRC32();
    crc.update(body.getBytes(StandardCharsets.UTF_8));
    StringBuilder digits = new StringBuilder();
    BigInteger rest = BigInteger.valueOf(crc.getValue());
    for (int i = 0; i < 6; i++) {
      digits.insert(0, ALPHABET.charAt(rest.mod(BigInteger.valueOf(62)).intValue()));
      rest = rest.divide(BigInteger.valueOf(62));
    }
    return digits.toString();
  }
}
