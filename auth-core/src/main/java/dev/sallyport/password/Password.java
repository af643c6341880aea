package dev.sallyport.password;

import java.nio.charset.StandardCharsets;

/**
 * A password in the clear, as someone typed it. It is never normalised or trimmed. Immutable;
 * {@code toString} shows nothing of it.
 */
public final class Password {
  private final byte[] utf8;
  private final boolean wellFormed;

  private Password(byte[] utf8, boolean wellFormed) {
    this.utf8 = utf8;
    this.wellFormed = wellFormed;
  }

  /**
   * A password from text.
   *
   * @param text what was typed; text with an unpaired surrogate makes a password that no hasher
   *     accepts and no check finds right
   * @return the password
   */
  public static Password of(CharSequence text) {
    String typed = text.toString();
    for (int i = 0; i < typed.length(); i++) {
      if (Character.isSurrogate(typed.charAt(i))) {
        if (!Character.isSurrogatePair(
            typed.charAt(i), i + 1 < typed.length() ? typed.charAt(i + 1) : ' ')) {
          return new Password(new byte[0], false);
        }
        i++;
      }
    }
    return new Password(typed.getBytes(StandardCharsets.UTF_8), true);
  }

  /**
   * The password itself, for rules and formats of the host's. Keep it nowhere.
   *
   * @return the text; empty if it is not well-formed
   */
  public String reveal() {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /**
   * The password as bytes, for formats of the host's. Keep them nowhere.
   *
   * @return a new array in UTF-8; empty if it is not well-formed
   */
  public byte[] revealUtf8() {
    return utf8.clone();
  }

  /** The bytes themselves, for code of this package that changes none. */
  byte[] utf8() {
    return utf8;
  }

  /**
   * How long it is in UTF-8.
   *
   * @return the number of bytes; 0 if it is not well-formed
   */
  public int byteLength() {
    return utf8.length;
  }

  /**
   * Whether it is Unicode text: without unpaired surrogates.
   *
   * @return false if it has an unpaired surrogate
   */
  public boolean isWellFormed() {
    return wellFormed;
  }

  /**
   * Whether it has a NUL, where C implementations of bcrypt end.
   *
   * @return true if it has one
   */
  public boolean hasNul() {
    for (byte b : utf8) {
      if (b == 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return "Password[hidden]";
  }
}
