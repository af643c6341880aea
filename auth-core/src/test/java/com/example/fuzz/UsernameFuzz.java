package com.example.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.store.Username;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/**
 * What a username may be, and its key. The input is UTF-8; where it isn't, UTF-16, so that there
 * are lone surrogates.
 */
public final class UsernameFuzz {
  private UsernameFuzz() {}

  /** One name. */
  public static void fuzzerTestOneInput(byte[] input) {
    String name = new String(input, StandardCharsets.UTF_8);
    if (name.indexOf('\uFFFD') >= 0) {
      char[] units = new char[input.length / 2];
      for (int i = 0; i < units.length; i++) {
        units[i] = (char) (input[2 * i] << 8 | (input[2 * i + 1] & 0xFF));
      }
      name = new String(units);
    }
    String key = Username.key(name);
    boolean valid = Username.faults(name).isEmpty();
    assertThat(Username.isValid(name)).isEqualTo(valid);
    Username.faults(name).forEach(fault -> assertThat(fault.field()).isEqualTo("username"));
    if (valid) {
      checkValid(name);
      checkValid(key);
      assertThat(Username.key(key)).as("key of the key").isEqualTo(key);
      for (Normalizer.Form form : Normalizer.Form.values()) {
        assertThat(Username.key(Normalizer.normalize(name, form))).as(form.name()).isEqualTo(key);
      }
    }
  }

  private static void checkValid(String text) {
    assertThat(text.codePointCount(0, text.length())).isBetween(1, 150);
    assertThat(text.codePoints())
        .noneMatch(c -> c < ' ' || (c >= 0x7F && c < 0xA0) || c == ':')
        .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
