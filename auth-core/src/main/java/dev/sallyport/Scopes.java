package dev.sallyport;

/** The syntax of a scope (RFC 6749 section 3.3). */
public final class Scopes {
  private Scopes() {}

  /**
   * Whether a text is one scope-token.
   *
   * @param text the text
   * @return true if it is printable ASCII without space, quote and backslash, and not empty
   */
  public static boolean isScopeToken(String text) {
    return !text.isEmpty()
        && text.chars().allMatch(c -> c > ' ' && c <= '~' && c != '"' && c != '\\');
  }
}
