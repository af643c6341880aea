package dev.sallyport.token;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The format of tokens: a prefix, 256 random bits in base62, and the CRC-32 of these digits in
 * base62, as in GitHub's tokens. So whoever finds one knows what it is, and a mistyped one is not
 * looked up.
 */
final class TokenFormat {
  static final String DEFAULT_PREFIX = "sally_";
  static final int SECRET_BYTES = 32;
  private static final int DIGITS = 43;
  private static final int CHECK_DIGITS = 6;
  private static final int IMPORTED_LENGTH = 40;
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,8}[_-]");
  private static final BigInteger BASE = BigInteger.valueOf(62);
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  /** Stands for the value of an ASCII character that is no digit. */
  private static final int NO_DIGIT = 0x40;

  private static final byte[] VALUES = values();

  private final String prefix;
  private final List<String> prefixes;
  private final boolean acceptsImported;

  TokenFormat(String prefix, List<String> formerPrefixes, boolean acceptsImported) {
    this.prefix = prefix;
    this.acceptsImported = acceptsImported;
    List<String> all = new ArrayList<>(formerPrefixes);
    all.add(0, prefix);
    all.forEach(TokenFormat::checkPrefix);
    prefixes = List.copyOf(all);
  }

  private static byte[] values() {
    byte[] values = new byte[128];
    Arrays.fill(values, (byte) NO_DIGIT);
    for (int i = 0; i < ALPHABET.length(); i++) {
      values[ALPHABET.charAt(i)] = (byte) i;
    }
    return values;
  }

  static void checkPrefix(String prefix) {
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "A prefix is 2 to 10 letters, digits, '_' and '-'; it begins with a letter or digit and"
              + " ends with '_' or '-'; not '"
              + prefix
              + "'");
    }
  }

  boolean acceptsImported() {
    return acceptsImported;
  }

  /** A new token made of random bits. */
  String token(byte[] random) {
    String digits = base62(new BigInteger(1, random), DIGITS);
    return prefix + digits + check(digits);
  }

  private static String base62(BigInteger number, int width) {
    char[] digits = new char[width];
    BigInteger rest = number;
    for (int i = width - 1; i >= 0; i--) {
      BigInteger[] parts = rest.divideAndRemainder(BASE);
      digits[i] = ALPHABET.charAt(parts[1].intValue());
      rest = parts[0];
    }
    return new String(digits);
  }

  private static String check(String digits) {
    return base62(
        BigInteger.valueOf(crc(digits.getBytes(StandardCharsets.US_ASCII), 0)), CHECK_DIGITS);
  }

  private static long crc(byte[] digits, int from) {
    CRC32 crc = new CRC32();
    crc.update(digits, from, DIGITS);
    return crc.getValue();
  }

  /** The bytes of a text that could be one of ours; null for any other. */
  byte @Nullable [] secret(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (acceptsImported && isImported(bytes)) {
      return bytes;
    }
    for (String known : prefixes) {
      if (text.startsWith(known) && isWhole(bytes, known.length())) {
        return bytes;
      }
    }
    return null;
  }

  /** Whether a text that is none of ours may be somebody else's bearer token. */
  boolean mayBeAnothers(String text) {
    return prefixes.stream().noneMatch(text::startsWith) && isBearerToken(text);
  }

  /** A key of Django REST Framework: 20 random bytes in lower-case hex. */
  private static boolean isImported(byte[] text) {
    if (text.length != IMPORTED_LENGTH) {
      return false;
    }
    for (byte b : text) {
      if ((b < '0' || b > '9') && (b < 'a' || b > 'f')) {
        return false;
      }
    }
    return true;
  }

  /** Whether the digits after the prefix agree with the check digits that follow them. */
  private static boolean isWhole(byte[] text, int start) {
    if (text.length != start + DIGITS + CHECK_DIGITS) {
      return false;
    }
    long check = 0;
    int wrong = 0;
    for (int i = start; i < text.length; i++) {
      int digit = text[i] < 0 ? NO_DIGIT : VALUES[text[i]];
      wrong |= digit & NO_DIGIT;
      check = i < start + DIGITS ? 0 : check * 62 + digit;
    }
    return wrong == 0 && check == crc(text, start);
  }

  /** RFC 6750 section 2.1: b64token. */
  private static boolean isBearerToken(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '=') {
      end--;
    }
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if ((c >= VALUES.length || VALUES[c] == NO_DIGIT) && "-._~+/".indexOf(c) < 0) {
        return false;
      }
    }
    return end > 0;
  }

  /** A pattern by which scanners find tokens, including those with a former prefix. */
  String pattern() {
    String known = String.join("|", prefixes);
    return "\\b"
        + (prefixes.size() == 1 ? known : "(?:" + known + ")")
        + "[0-9A-Za-z]{"
        + (DIGITS + CHECK_DIGITS)
        + "}\\b";
  }
}
