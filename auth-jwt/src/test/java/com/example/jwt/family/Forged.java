package com.example.jwt.family;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.jwt.jws.JwsSigner;
import dev.sallyport.jwt.key.SigningKey;
import java.util.function.Consumer;

/** Access tokens like those of the issuer, but for one thing. */
final class Forged {
  private Forged() {}

  /** The claims of a token, changed, and signed anew by that key. */
  static String like(String token, SigningKey key, String type, Consumer<ObjectNode> change) {
    ObjectNode claims = (ObjectNode) JwtFixture.claims(token);
    change.accept(claims);
    try {
      return JwsSigner.of(key).withType(type).sign(new ObjectMapper().writeValueAsBytes(claims));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** As the issuer would sign them. */
  static String like(String token, JwtFixture by, Consumer<ObjectNode> change) {
    return like(token, by.signing.current(), "at+jwt", change);
  }
}
