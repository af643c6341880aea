package dev.sallyport.session;

import dev.sallyport.AuthRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A token by which a page shows that it could read a response of this site. It is derived from the
 * session's secret, so nothing is stored and every node derives the same one (OWASP Cross-Site
 * Request Forgery Prevention, HMAC based token).
 */
final class CsrfToken {
  static final String HEADER = "X-CSRF-Token";
  static final String FIELD = "csrf_token";

  private CsrfToken() {}

  static String of(String sessionSecret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(sessionSecret.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
      byte[] token = mac.doFinal("csrf".getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java runtime has no HmacSHA256", e);
    }
  }

  /** The header comes first; the body is read only if there is none. */
  static boolean isIn(AuthRequest request, String sessionSecret) {
    List<String> sent = request.headers(HEADER);
    if (sent.isEmpty()) {
      sent = request.formValues(FIELD);
    }
    return sent.size() == 1
        && MessageDigest.isEqual(
            sent.get(0).getBytes(StandardCharsets.UTF_8),
            of(sessionSecret).getBytes(StandardCharsets.UTF_8));
  }
}
