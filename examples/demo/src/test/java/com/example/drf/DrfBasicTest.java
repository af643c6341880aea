package com.example.drf;

import static com.example.drf.Site.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.Client;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.User;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** docs/coming-from-drf.md: what is the same as in DRF's BasicAuthentication. */
class DrfBasicTest {
  private final Site site = new Site();

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  @DisplayName("DO-3 the scheme Basic in any letter case; a colon in a password")
  void basicForm() {
    String pair = basic("alice:" + PASSWORD).substring("Basic ".length());
    assertThat(site.says("bAsIc " + pair)).isEqualTo("200 alice");
    User carol =
        User.builder("c", "carol")
            .passwordHash(site.passwords.hash(Password.of("one:two:three")).orElseThrow())
            .build();
    site.users.insert(carol);
    assertThat(site.says(basic("carol:one:two:three"))).isEqualTo("200 carol");
  }

  @Test
  @DisplayName("DO-3 Basic alone, in two words, in bad base64, without a colon: 401")
  void basicMalformed() {
    for (String bad : new String[] {"Basic", "Basic YTpi YTpi", "Basic YTp", basic("alice")}) {
      assertThat(site.says(bad)).isEqualTo("401 malformed_credentials");
    }
  }

  @Test
  @DisplayName("DO-3 names and passwords in UTF-8")
  void utf8() {
    site.accounts.register("zo\u00EB", Password.of("na\u00EFvet\u00E9-1865"));
    assertThat(site.says(basic("zo\u00EB:na\u00EFvet\u00E9-1865"))).isEqualTo("200 zo\u00EB");
  }

  @Test
  @DisplayName("DO-3 a user table's pbkdf2_sha256 verifies, and is replaced by today's format")
  void djangoHash() {
    // As Django's own tests have it.
    String stored = "pbkdf2_sha256$12000$seasalt$Ybw8zsFxqja97tY/o6G+Fy1ksY4U/Hw3DRrGED6Up4s=";
    site.users.insert(User.builder("7", "dora").passwordHash(stored).build());
    assertThat(
            Passwords.of(site.users)
                .verify(
                    "dora",
                    Password.of("l\u00E8tmein"),
                    new Client(InetAddress.getLoopbackAddress(), "")))
        .isInstanceOf(PasswordResult.Verified.class);
    assertThat(site.users.findById("7").flatMap(User::passwordHash).orElseThrow())
        .startsWith("$2b$12$");
  }

  @Test
  @DisplayName("DO-3 a stored hash that begins with ! is no usable password")
  void unusable() {
    String stored = "!9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b";
    site.users.insert(User.builder("7", "dora").passwordHash(stored).build());
    for (String password : new String[] {stored, "!", stored.substring(1)}) {
      assertThat(site.says(basic("dora:" + password))).isEqualTo("401 invalid_credentials");
    }
  }
}
