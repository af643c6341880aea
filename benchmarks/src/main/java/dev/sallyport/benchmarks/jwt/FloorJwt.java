package dev.sallyport.benchmarks.jwt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Base64;
import javax.crypto.Mac;

/**
 * The least: a header that is compared with the one that is known, the JDK's Base64, a clone of a
 * keyed MAC or a signature object that is kept, and one pass of Jackson over the claims. Signature
 * objects are for one thread.
 */
final class FloorJwt implements JwtPeer {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final String header;
  private final Mac mac;
  private final Signature signer;
  private final Signature verifier;
  private final PublicKey open;

  FloorJwt(JwtScene scene) throws GeneralSecurityException {
    String json =
        "{\"alg\":\"%s\",\"kid\":\"%s\",\"typ\":\"%s\"}"
            .formatted(scene.algorithm, JwtScene.KEY_ID, JwtScene.TYPE);
    header = ENCODER.encodeToString(json.getBytes(StandardCharsets.UTF_8)) + ".";
    if (scene.isSecret()) {
      mac = Mac.getInstance("HmacSHA256");
      mac.init(scene.signingKey());
      signer = null;
      verifier = null;
      open = null;
    } else {
      mac = null;
      signer = signature(scene);
      signer.initSign(scene.closed());
      verifier = signature(scene);
      open = scene.open();
      verifier.initVerify(open);
    }
  }

  static Signature signature(JwtScene scene) throws GeneralSecurityException {
    String name =
        switch (scene.algorithm) {
          case "RS256" -> "SHA256withRSA";
          case "ES256" -> "SHA256withECDSAinP1363Format";
          default -> "Ed25519";
        };
    return scene.provider == null
        ? Signature.getInstance(name)
        : Signature.getInstance(name, scene.provider);
  }

  @Override
  public String verify(String token) throws Exception {
    JwtScene.require(token.startsWith(header), "header");
    byte[] bytes = token.getBytes(StandardCharsets.ISO_8859_1);
    int dot = token.lastIndexOf('.');
    byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
    JwtScene.require(verifies(bytes, dot, signature), "signature");
    return subject(Base64.getUrlDecoder().decode(token.substring(header.length(), dot)));
  }

  private boolean verifies(byte[] bytes, int length, byte[] signature) throws Exception {
    if (mac != null) {
      Mac keyed = (Mac) mac.clone();
      keyed.update(bytes, 0, length);
      return MessageDigest.isEqual(keyed.doFinal(), signature);
    }
    verifier.update(bytes, 0, length);
    try {
      return verifier.verify(signature);
    } catch (SignatureException e) {
      verifier.initVerify(open); // else the JDK's Ed25519 keeps the bytes for the next token
      return false;
    }
  }

  private static String subject(byte[] claims) throws IOException {
    String subject = null;
    boolean issuer = false;
    boolean audience = false;
    long expires = 0;
    long begins = 0;
    try (JsonParser parser = JSON.createParser(claims)) {
      parser.nextToken();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        JsonToken value = parser.nextToken();
        switch (name) {
          case "sub" -> subject = parser.getText();
          case "iss" -> issuer = parser.getText().equals(JwtScene.ISSUER);
          case "aud" -> audience = parser.getText().equals(JwtScene.AUDIENCE);
          case "exp" -> expires = parser.getLongValue();
          case "nbf" -> begins = parser.getLongValue();
          default -> {
            if (value.isStructStart()) {
              parser.skipChildren();
            }
          }
        }
      }
    }
    long now = JwtScene.now();
    JwtScene.require(issuer && audience && subject != null, "claims");
    JwtScene.require(now < expires + JwtScene.LEEWAY && now >= begins - JwtScene.LEEWAY, "times");
    return subject;
  }

  @Override
  public String issue() throws Exception {
    String content = header + ENCODER.encodeToString(claims());
    byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
    return content + "." + ENCODER.encodeToString(sign(bytes));
  }

  private byte[] sign(byte[] bytes) throws Exception {
    if (mac != null) {
      return ((Mac) mac.clone()).doFinal(bytes);
    }
    signer.update(bytes);
    return signer.sign();
  }

  private static byte[] claims() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    long now = JwtScene.now();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("iss", JwtScene.ISSUER);
      json.writeStringField("sub", JwtScene.SUBJECT);
      json.writeStringField("aud", JwtScene.AUDIENCE);
      json.writeNumberField("exp", now + JwtScene.LIFETIME);
      json.writeNumberField("iat", now);
      json.writeStringField("jti", JwtScene.newId());
      json.writeStringField("sid", JwtScene.SESSION);
      json.writeNumberField("epoch", JwtScene.EPOCH);
      json.writeStringField("username", JwtScene.USERNAME);
      json.writeArrayFieldStart("roles");
      for (String role : JwtScene.ROLES) {
        json.writeString(role);
      }
      json.writeEndArray();
      json.writeStringField("scope", JwtScene.SCOPE);
      json.writeEndObject();
    }
    return out.toByteArray();
  }
}
