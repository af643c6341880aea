package dev.sallyport.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers the secrets given to the fixtures of this module, and finds them in text, in the clear
 * or in base64. Safe for many threads.
 */
public final class Secrets {
  /** Shorter ones occur in any text by chance. */
  private static final int MIN_LENGTH = 8;

  private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

  /** Secrets by the last characters of each of their parts: logs are long, and secrets many. */
  private static final Map<String, Set<String>> BY_END = new ConcurrentHashMap<>();

  private Secrets() {}

  /**
   * Remembers a secret, if it is too long to occur by chance.
   *
   * @param secret a password, a token, a header value
   */
  public static void remember(String secret) {
    if (secret.length() >= MIN_LENGTH && SEEN.add(secret)) {
      parts(secret).forEach(part -> withSameEnd(part).add(secret));
    }
  }

  /**
   * Finds the remembered secrets in a text.
   *
   * @param text a text that must hold no secret
   * @return the secrets found, in the clear
   */
  public static List<String> findAll(String text) {
    Set<String> found = new LinkedHashSet<>();
    for (int end = MIN_LENGTH; end <= text.length(); end++) {
      for (String secret : BY_END.getOrDefault(text.substring(end - MIN_LENGTH, end), Set.of())) {
        if (endsAt(end, text, secret)) {
          found.add(secret);
        }
      }
    }
    return List.copyOf(found);
  }

  private static boolean endsAt(int end, String text, String secret) {
    return parts(secret).stream().anyMatch(part -> text.startsWith(part, end - part.length()));
  }

  private static Set<String> withSameEnd(String part) {
    return BY_END.computeIfAbsent(
        part.substring(part.length() - MIN_LENGTH), end -> ConcurrentHashMap.newKeySet());
  }

  /**
   * Whether a text contains a secret, in the clear or inside base64.
   *
   * @param text a text that must not hold the secret
   * @param secret the secret
   * @return true if it is found
   */
  public static boolean contains(String text, String secret) {
    return parts(secret).stream().anyMatch(text::contains);
  }

  /**
   * The secret, and what of its base64 doesn't depend on the text before and after, for the three
   * alignments. All are as long as the secret, or longer.
   */
  private static List<String> parts(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    List<String> parts = new ArrayList<>();
    parts.add(secret);
    for (int shift = 0; shift < 3; shift++) {
      byte[] shifted = new byte[shift + bytes.length];
      System.arraycopy(bytes, 0, shifted, shift, bytes.length);
      String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      String part = encoded.substring(shift == 0 ? 0 : shift + 1, encoded.length() - 1);
      parts.add(part);
      parts.add(part.replace('+', '-').replace('/', '_'));
    }
    return parts;
  }
}
