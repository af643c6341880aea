package dev.sallyport.jwt;

import dev.sallyport.AuthResult;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Identifies whom a verified token of one issuer belongs to. The answer depends only on the token.
 * Instances are compared by identity, at each request.
 */
interface Identity {
  /** The name of the authenticator. */
  String SCHEME = "jwt";

  /**
   * Returns authenticated, or rejected if claims that identify the principal are missing or have
   * the wrong type.
   */
  AuthResult of(VerifiedJwt jwt);

  static Rejected badClaims() {
    return Rejected.of(SCHEME, new Reason(JwtRefusal.BAD_CLAIMS.text(), Refusal.INVALID_TOKEN));
  }

  /** The elements of a list of strings, or the words of a string; null for anything else. */
  static @Nullable Set<String> texts(@Nullable Object claim) {
    if (claim instanceof String words) {
      Set<String> texts = new HashSet<>(List.of(words.split(" ", -1)));
      texts.remove("");
      return texts;
    }
    if (!(claim instanceof List<?> list)) {
      return null;
    }
    Set<String> texts = new HashSet<>();
    for (Object element : list) {
      if (!(element instanceof String text)) {
        return null;
      }
      texts.add(text);
    }
    return texts;
  }
}
