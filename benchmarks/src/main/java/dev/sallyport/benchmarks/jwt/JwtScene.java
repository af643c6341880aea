package dev.sallyport.benchmarks.jwt;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** The key, the claims and the checks that are the same for all. */
final class JwtScene {
  static final String ISSUER = "https://auth.example.com";
  static final String AUDIENCE = "https://api.example.com";
  static final String SUBJECT = "4f1cbe30-8c4f-4b8e-9c55-0d7a3f5d2a11";
  static final String TYPE = "at+jwt";
  static final String KEY_ID = "2026-11";
  static final String SESSION = "Zm9yIHRoZSBmYW1pbHk";
  static final long EPOCH = 3;
  static final String USERNAME = "alice";
  static final List<String> ROLES = List.of("admin", "editor");
  static final String SCOPE = "orders:read orders:write";
  static final int LEEWAY = 30;

  /** So long that no trial outlives a token. */
  static final int LIFETIME = 86_400;

  private static final SecureRandom RANDOM = new SecureRandom();

  /** HS256, RS256, ES256, EdDSA, or Ed25519, which is EdDSA by its newer name (RFC 9864). */
  final String algorithm;

  /** Whose signatures are used; null for the JDK's, which HMAC always is. */
  final Provider provider;

  /** Null for HS256. */
  final KeyPair pair;

  final byte[] secret = new byte[32];

  JwtScene(String algorithm, String provider) throws GeneralSecurityException {
    this.algorithm = algorithm;
    this.pair = isSecret() ? null : generate(algorithm);
    this.provider = provider.equals("bc") && !isSecret() ? new BouncyCastleProvider() : null;
    RANDOM.nextBytes(secret);
  }

  private static KeyPair generate(String algorithm) throws GeneralSecurityException {
    switch (algorithm) {
      case "RS256" -> {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        return rsa.generateKeyPair();
      }
      case "ES256" -> {
        KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
        ec.initialize(new ECGenParameterSpec("secp256r1"));
        return ec.generateKeyPair();
      }
      default -> {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      }
    }
  }

  boolean isSecret() {
    return algorithm.equals("HS256");
  }

  PublicKey open() {
    return pair.getPublic();
  }

  PrivateKey closed() {
    return pair.getPrivate();
  }

  Key signingKey() {
    return isSecret() ? new SecretKeySpec(secret, "HmacSHA256") : closed();
  }

  Key verificationKey() {
    return isSecret() ? signingKey() : open();
  }

  /** With the private part. */
  JWK jwk() {
    JWSAlgorithm name = JWSAlgorithm.parse(algorithm);
    if (isSecret()) {
      return new OctetSequenceKey.Builder(secret).algorithm(name).keyID(KEY_ID).build();
    }
    if (open() instanceof RSAPublicKey rsa) {
      return new RSAKey.Builder(rsa).privateKey(closed()).algorithm(name).keyID(KEY_ID).build();
    }
    if (open() instanceof ECPublicKey ec) {
      ECKey.Builder builder = new ECKey.Builder(Curve.P_256, ec).privateKey(closed());
      return builder.algorithm(name).keyID(KEY_ID).build();
    }
    return new OctetKeyPair.Builder(Curve.Ed25519, last32(open()))
        .d(last32(closed()))
        .algorithm(name)
        .keyID(KEY_ID)
        .build();
  }

  private static Base64URL last32(Key key) {
    byte[] encoded = key.getEncoded();
    return Base64URL.encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
  }

  /** A new {@code jti}. */
  static String newId() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Seconds since the epoch. */
  static long now() {
    return System.currentTimeMillis() / 1000;
  }

  static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException(what);
    }
  }
}
