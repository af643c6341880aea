package dev.sallyport.jwt.key;

import dev.sallyport.jwt.json.Base64Url;
import dev.sallyport.jwt.key.JwsAlgorithm.Family;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes keys as JSON. */
final class JwkWriter {
  private JwkWriter() {}

  /** The members that define the public key, sorted by name (RFC 7638 section 3.2). */
  static SortedMap<String, String> required(VerificationKey key) {
    PublicKey open =
        key.publicKey()
            .orElseThrow(
                () -> new IllegalArgumentException("A shared secret must not be published"));
    SortedMap<String, String> members = new TreeMap<>();
    members.put("kty", key.algorithm().family().jwkType());
    if (open instanceof RSAPublicKey rsa) {
      members.put("e", number(rsa.getPublicExponent(), 0));
      members.put("n", number(rsa.getModulus(), 0));
    } else if (open instanceof ECPublicKey ec) {
      Curve curve = Curve.of(key.algorithm());
      members.put("crv", curve.toString());
      members.put("x", number(ec.getW().getAffineX(), curve.bytes()));
      members.put("y", number(ec.getW().getAffineY(), curve.bytes()));
    } else if (key.algorithm().family() == Family.ML_DSA) {
      members.put("alg", key.algorithm().jwaName());
      members.put("pub", Base64Url.encode(MlDsa.of(key.algorithm()).bytes(open)));
    } else {
      members.put("crv", "Ed25519");
      members.put("x", Base64Url.encode(Edwards.encode(((EdECPublicKey) open).getPoint())));
    }
    return members;
  }

  /** Those members and the private ones. */
  static SortedMap<String, String> all(SigningKey key) {
    if (key.algorithm().isSymmetric()) {
      return new TreeMap<>(Map.of("k", Base64Url.encode(key.secret()), "kty", "oct"));
    }
    SortedMap<String, String> members = required(key.verificationKey());
    PrivateKey closed = exportable(key);
    if (closed instanceof SeedKey seed) {
      members.put("priv", Base64Url.encode(seed.seed()));
    } else if (closed instanceof RSAPrivateCrtKey rsa) {
      members.put("d", number(rsa.getPrivateExponent(), 0));
      members.put("p", number(rsa.getPrimeP(), 0));
      members.put("q", number(rsa.getPrimeQ(), 0));
      members.put("dp", number(rsa.getPrimeExponentP(), 0));
      members.put("dq", number(rsa.getPrimeExponentQ(), 0));
      members.put("qi", number(rsa.getCrtCoefficient(), 0));
    } else if (closed instanceof RSAPrivateKey rsa) {
      members.put("d", number(rsa.getPrivateExponent(), 0));
    } else if (closed instanceof ECPrivateKey ec) {
      members.put("d", number(ec.getS(), Curve.of(key.algorithm()).bytes()));
    } else if (closed instanceof EdECPrivateKey ed && ed.getBytes().isPresent()) {
      members.put("d", Base64Url.encode(ed.getBytes().get()));
    } else {
      throw new IllegalArgumentException("The private key can't be written as a JWK");
    }
    return members;
  }

  /** The private key as a type that the JDK, or for ML-DSA we, know. */
  static PrivateKey exportable(SigningKey key) {
    byte[] encoded = key.privateKey().getEncoded();
    if (key.algorithm().family() == Family.ML_DSA) {
      return MlDsa.of(key.algorithm()).privateKey(encoded);
    }
    try {
      return KeyForms.read(
          key.algorithm(), factory -> factory.generatePrivate(new PKCS8EncodedKeySpec(encoded)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("The private key is of a type that the JDK doesn't know");
    }
  }

  /** A whole JWK: those members, and the algorithm, the use and the id of the key. */
  static Map<String, Object> jwk(VerificationKey key, SortedMap<String, String> members) {
    Map<String, Object> jwk = new TreeMap<>(members);
    jwk.put("alg", key.algorithm().jwaName());
    jwk.put("use", "sig");
    key.keyId().ifPresent(id -> jwk.put("kid", id));
    return jwk;
  }

  static Map<String, Object> publicJwk(VerificationKey key) {
    return jwk(key, required(key));
  }

  static Map<String, Object> privateJwk(SigningKey key) {
    return jwk(key.verificationKey(), all(key));
  }

  private static String number(BigInteger number, int length) {
    return Base64Url.encode(unsigned(number, length));
  }

  /** Big-endian without a sign, padded to at least this length. */
  static byte[] unsigned(BigInteger number, int length) {
    byte[] bytes = number.toByteArray();
    int start = bytes[0] == 0 ? 1 : 0;
    byte[] unsigned = new byte[Math.max(length, bytes.length - start)];
    System.arraycopy(
        bytes, start, unsigned, unsigned.length - (bytes.length - start), bytes.length - start);
    return unsigned;
  }
}
