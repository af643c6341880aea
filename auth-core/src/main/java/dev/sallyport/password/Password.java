package dev.sallyport.password;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A password in the clear, in Unicode's NFC (RFC 8265, OpaqueString), so that it is the same from
 * every keyboard. It is never trimmed. Immutable; {@code toString} shows nothing of it.
 */
public final class Password {
  /** In code points. */
  static final int MAX_LENGTH = 256;

  /**
   * NFC makes one of at most four code points, so that a longer text is too long in NFC as well.
   */
  private static final int MAX_NORMALISED = 4 * MAX_LENGTH;

  private final byte[] utf8;
  private final boolean wellFormed;
  private final @Nullable Password typed;

  private Password(byte[] utf8, boolean wellFormed, @Nullable Password typed) {
    this.utf8 = utf8;
    this.wellFormed = wellFormed;
    this.typed = typed;
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
          return new Password(new byte[0], false, null);
        }
        i++;
      }
    }
    Password asTyped = ofForm(typed, null);
    boolean isAscii = asTyped.utf8.length == typed.length();
    if (isAscii
        || asTyped.length() > MAX_NORMALISED
        || Normalizer.isNormalized(typed, Normalizer.Form.NFC)) {
      return asTyped;
    }
    return ofForm(Normalizer.normalize(typed, Normalizer.Form.NFC), asTyped);
  }

  private static Password ofForm(String text, @Nullable Password typed) {
    return new Password(text.getBytes(StandardCharsets.UTF_8), true, typed);
  }

  /** This, and the form that was typed if it is another: it may have been stored by others. */
  List<Password> forms() {
    return typed == null ? List.of(this) : List.of(this, typed);
  }

  /** The form that was typed, by which two passwords are told apart. */
  byte[] typedUtf8() {
    return typed == null ? utf8 : typed.utf8;
  }

  /** How long it is in code points. */
  int length() {
    int codePoints = 0;
    for (byte b : utf8) {
      if ((b & 0xC0) != 0x80) {
        codePoints++;
      }
    }
    return codePoints;
  }

  /**
   * {@return the password itself, for the host's own rules and formats; empty if it is not
   * well-formed} Don't store it.
   */
  public String reveal() {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /**
   * {@return the password as a new array of UTF-8, for the host's own formats; empty if it is not
   * well-formed} Don't store it.
   */
  public byte[] revealUtf8() {
    return utf8.clone();
  }

  /** The bytes themselves, for code of this package that changes none. */
  byte[] utf8() {
    return utf8;
  }

  /** {@return its length in bytes of UTF-8; 0 if it is not well-formed} */
  public int byteLength() {
    return utf8.length;
  }

  /** {@return whether it is well-formed Unicode text, without unpaired surrogates} */
  public boolean isWellFormed() {
    return wellFormed;
  }

  /** {@return whether it contains a NUL, where C implementations of bcrypt stop reading} */
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
