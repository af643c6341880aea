package com.example.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.password.BcryptHasher;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stored hashes of all formats. Those that cost little are checked as well. */
public final class StoredHashFuzz {
  private static final Pattern BCRYPT =
      Pattern.compile("\\$2[aby]\\$([0-9]{2})\\$[A-Za-z0-9./]{53}");
  private static final Pattern DJANGO =
      Pattern.compile("pbkdf2_sha256\\$([0-9]+)\\$[^$]+\\$[A-Za-z0-9+/]{43}=");
  private static final BcryptHasher PLAIN = BcryptHasher.ofCost(10);
  private static final BcryptHasher PEPPERED = PLAIN.withPepper("1", new byte[32]);
  private static final PasswordFormat SPRING = PasswordFormat.spring();
  private static final PasswordFormat OF_DJANGO = PasswordFormat.django();
  private static final Password PASSWORD = Password.of("wonderland-1865");

  private StoredHashFuzz() {}

  /** One stored hash. */
  public static void fuzzerTestOneInput(byte[] input) {
    String stored = new String(input, StandardCharsets.UTF_8);
    String untagged = without("{hmac-sha384-bcrypt}", stored);
    check(PLAIN, stored, untagged);
    check(PEPPERED, stored, without("{hmac-sha384-bcrypt:1}", untagged));
    check(SPRING, stored, stored.startsWith("{bcrypt}") ? stored.substring(8) : "");
    checkDjango(stored);
    if (PLAIN.isCurrent(stored)) {
      assertThat(PEPPERED.isCurrent(stored)).isFalse();
    }
    if (PLAIN.recognises(stored)) {
      for (PasswordFormat other : List.of(SPRING, OF_DJANGO)) {
        assertThat(other.recognises(stored)).isFalse();
      }
    }
  }

  private static String without(String tag, String stored) {
    return stored.startsWith(tag) ? stored.substring(tag.length()) : stored;
  }

  private static void check(PasswordFormat format, String stored, String bcrypt) {
    Matcher form = BCRYPT.matcher(bcrypt);
    int cost = form.matches() ? Integer.parseInt(form.group(1)) : 0;
    assertThat(format.recognises(stored)).isEqualTo(cost >= 4 && cost <= 16);
    if (cost == 4) {
      format.verify(PASSWORD, stored);
      assertThat(format.verify(Password.of("\0"), stored)).isFalse();
    }
  }

  private static void checkDjango(String stored) {
    for (String tag : List.of("bcrypt$", "bcrypt_sha256$")) {
      if (stored.startsWith(tag)) {
        check(OF_DJANGO, stored, without(tag, stored));
        return;
      }
    }
    if (OF_DJANGO.recognises(stored)) {
      Matcher form = DJANGO.matcher(stored);
      assertThat(form.matches()).isTrue();
      int iterations = Integer.parseInt(form.group(1));
      assertThat(iterations).isBetween(1, 5_000_000);
      if (iterations <= 100) {
        OF_DJANGO.verify(PASSWORD, stored);
      }
    }
  }
}
