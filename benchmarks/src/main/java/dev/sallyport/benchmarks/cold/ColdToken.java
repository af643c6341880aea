package dev.sallyport.benchmarks.cold;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The token that every child is given, with its secret. Its constants are compiled into the
 * children, so that none of them loads this class.
 */
record ColdToken(String secret, String text) {
  static final String ISSUER = "https://auth.example.com";
  static final String AUDIENCE = "https://api.example.com";
  static final String SUBJECT = "4f1cbe30-8c4f-4b8e-9c55-0d7a3f5d2a11";
  static final String TYPE = "at+jwt";
  static final String KEY_ID = "2026-11";
  static final int LEEWAY = 30;

  private static final String HEADER =
      "{\"alg\":\"HS256\",\"kid\":\"" + KEY_ID + "\",\"typ\":\"" + TYPE + "\"}";

  /** A token that is good for an hour. */
  static ColdToken make() throws GeneralSecurityException {
    byte[] secret = bytes("the secret of a token, 32 bytes.");
    long now = System.currentTimeMillis() / 1000;
    String claims =
        "{\"iss\":\"%s\",\"sub\":\"%s\",\"aud\":\"%s\",\"exp\":%d,\"iat\":%d,\"jti\":\"1\"}"
            .formatted(ISSUER, SUBJECT, AUDIENCE, now + 3600, now);
    String content = encoded(bytes(HEADER)) + "." + encoded(bytes(claims));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    return new ColdToken(encoded(secret), content + "." + encoded(mac.doFinal(bytes(content))));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
