package com.example.jwt;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.TrustedIssuer;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.VerificationKeys;
import dev.sallyport.jwt.token.JwtRefusal;
import dev.sallyport.jwt.token.JwtResult;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.testkit.SettableClock;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens of any header and any payload, with the right signature of the one secret. */
final class Forge {
  static final String ISSUER = "https://idp.example";
  static final String AUDIENCE = "https://api.example";
  static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"at+jwt\"}";

  /** The second at which a {@link SettableClock} stands. */
  static final long NOW = 1_893_456_000;

  static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
  static final SigningKey KEY = SigningKey.ofSecret(JwsAlgorithm.HS256, SECRET);

  private static final JwtAuthenticator SEVERAL =
      JwtAuthenticator.builder()
          .trust(TrustedIssuer.of(builder().build()))
          .trust(TrustedIssuer.of(builder().issuer("https://other.example").build()))
          .build();

  private Forge() {}

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] bytes(String base64) {
    return Base64.getUrlDecoder().decode(base64);
  }

  /**
   * A whole JSON object of claims that are good; pairs of name and JSON change them, "" removes.
   */
  static String claims(String... changes) {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("iss", quoted(ISSUER));
    members.put("sub", quoted("alice"));
    members.put("aud", quoted(AUDIENCE));
    members.put("exp", Long.toString(NOW + 300));
    for (int i = 0; i < changes.length; i += 2) {
      members.put(changes[i], changes[i + 1]);
    }
    StringBuilder json = new StringBuilder("{");
    members.forEach(
        (name, value) -> {
          if (!value.isEmpty()) {
            json.append(json.length() == 1 ? "" : ",").append(quoted(name)).append(":");
            json.append(value);
          }
        });
    return json.append("}").toString();
  }

  static String quoted(String text) {
    return '"' + text + '"';
  }

  /** A good token, but for the changes. */
  static String token(String... changes) {
    return signed(HEADER, claims(changes));
  }

  static String withHeader(String header) {
    return signed(header, claims());
  }

  static String withPayload(String payload) {
    return signed(HEADER, payload);
  }

  static String signed(String header, String payload) {
    return signed(
        header.getBytes(StandardCharsets.UTF_8), payload.getBytes(StandardCharsets.UTF_8));
  }

  static String signed(byte[] header, byte[] payload) {
    String content = base64(header) + "." + base64(payload);
    return content + "." + base64(mac(SECRET, content));
  }

  static byte[] mac(byte[] secret, String content) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static JwtVerifier.Builder builder(VerificationKeys keys) {
    return builder(SettableClock.create(), keys);
  }

  static JwtVerifier.Builder builder(Clock clock, VerificationKeys keys) {
    return JwtVerifier.builder(AuthEnvironment.standard().withClock(clock), keys)
        .issuer(ISSUER)
        .audience(AUDIENCE);
  }

  static JwtVerifier.Builder builder(Clock clock) {
    return builder(clock, VerificationKeys.of(KEY.verificationKey()));
  }

  /** Of the secret's tokens, at {@link #NOW}. */
  static JwtVerifier.Builder builder() {
    return builder(SettableClock.create());
  }

  /**
   * Why a token is refused where two issuers are trusted, so that its claims are read before its
   * signature is checked.
   */
  static String reasonOfSeveral(String token) {
    return WiredIssuers.reason(SEVERAL, token);
  }

  static JwtRefusal refusal(JwtResult result) {
    if (result instanceof JwtResult.Refused refused) {
      return refused.refusal();
    }
    throw new AssertionError("it is taken: " + result);
  }
}
