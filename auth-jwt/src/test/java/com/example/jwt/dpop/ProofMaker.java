package com.example.jwt.dpop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** A proof in the making: nimbus-jose-jwt signs it, and each part can be made wrong. */
final class ProofMaker {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JWK key;
  private final Map<String, Object> header = new LinkedHashMap<>();
  private final Map<String, Object> claims = new LinkedHashMap<>();
  private JWSAlgorithm algorithm;

  ProofMaker(JWK key, JWSAlgorithm algorithm) {
    this.key = key;
    this.algorithm = algorithm;
    header.put("typ", "dpop+jwt");
    header.put("alg", algorithm.getName());
    header.put("jwk", key.toPublicJWK().toJSONObject());
    claims.put("jti", UUID.randomUUID().toString());
  }

  static JWK newKey() {
    try {
      return new ECKeyGenerator(Curve.P_256).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A proof of an ES256 key. */
  static ProofMaker of(JWK key, String method, String url, Instant now) {
    return of(key, JWSAlgorithm.ES256, method, url, now);
  }

  static ProofMaker of(JWK key, JWSAlgorithm algorithm, String method, String url, Instant now) {
    return new ProofMaker(key, algorithm)
        .claim("htm", method)
        .claim("htu", url)
        .claim("iat", now.getEpochSecond());
  }

  static String thumbprint(JWK key) {
    try {
      return key.computeThumbprint().toString();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  ProofMaker header(String name, Object value) {
    header.put(name, value);
    return this;
  }

  ProofMaker withoutHeader(String name) {
    header.remove(name);
    return this;
  }

  ProofMaker claim(String name, Object value) {
    claims.put(name, value);
    return this;
  }

  ProofMaker without(String name) {
    claims.remove(name);
    return this;
  }

  ProofMaker signedAs(JWSAlgorithm other) {
    algorithm = other;
    return this;
  }

  String sign() {
    return sign(key);
  }

  String sign(JWK signer) {
    String content = base64(header) + "." + base64(claims);
    try {
      return content
          + "."
          + new DefaultJWSSignerFactory()
              .createJWSSigner(signer, algorithm)
              .sign(new JWSHeader(algorithm), content.getBytes(StandardCharsets.US_ASCII));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(Map<String, Object> json) {
    try {
      return Base64URL.encode(JSON.writeValueAsBytes(json)).toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
