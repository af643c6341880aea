package dev.sallyport;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;

/**
 * A text that only its owner may see: a token, a code, a CSRF token. It shows itself only where it
 * is {@linkplain #reveal revealed}, so that it gets into no log by accident. Immutable; two are
 * compared in constant time.
 */
public final class Secret {
  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  /**
   * Wraps a text.
   *
   * @param text the secret
   * @return the same, hidden
   */
  public static Secret of(String text) {
    return new Secret(Objects.requireNonNull(text, "text"));
  }

  /** {@return the text, to hand it to its owner and to nobody else} */
  public String reveal() {
    return text;
  }

  private byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && MessageDigest.isEqual(bytes(), that.bytes());
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** Hides the text. */
  @Override
  public String toString() {
    return "Secret[hidden]";
  }
}
