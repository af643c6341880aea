package dev.sallyport.benchmarks.jwt;

import io.jsonwebtoken.Claims;
import io.jsonwebtoken.Jws;
import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.JwtParserBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.io.Deserializer;
import io.jsonwebtoken.io.Serializer;
import io.jsonwebtoken.jackson.io.JacksonDeserializer;
import io.jsonwebtoken.jackson.io.JacksonSerializer;
import java.security.Key;
import java.util.Date;
import java.util.Map;
import javax.crypto.SecretKey;

/** jjwt: one parser, and its JSON by one Jackson mapper. It looks at no {@code typ} by itself. */
final class JjwtJwt implements JwtPeer {
  private final JwtScene scene;
  private final Key key;
  private final JwtParser parser;
  private final Serializer<Map<String, ?>> serializer = new JacksonSerializer<>();

  JjwtJwt(JwtScene scene) {
    this.scene = scene;
    this.key = scene.signingKey();
    Deserializer<Map<String, ?>> deserializer = new JacksonDeserializer<>();
    JwtParserBuilder builder =
        Jwts.parser()
            .json(deserializer)
            .provider(scene.provider)
            .requireIssuer(JwtScene.ISSUER)
            .requireAudience(JwtScene.AUDIENCE)
            .clockSkewSeconds(JwtScene.LEEWAY);
    parser =
        (scene.isSecret() ? builder.verifyWith((SecretKey) key) : builder.verifyWith(scene.open()))
            .build();
  }

  @Override
  public String verify(String token) {
    Jws<Claims> jws = parser.parseSignedClaims(token);
    JwtScene.require(JwtScene.TYPE.equals(jws.getHeader().getType()), "typ");
    return jws.getPayload().getSubject();
  }

  @Override
  public String issue() {
    long now = System.currentTimeMillis();
    JwtBuilder builder =
        Jwts.builder()
            .json(serializer)
            .provider(scene.provider)
            .header()
            .keyId(JwtScene.KEY_ID)
            .type(JwtScene.TYPE)
            .and()
            .issuer(JwtScene.ISSUER)
            .subject(JwtScene.SUBJECT)
            .audience()
            .single(JwtScene.AUDIENCE)
            .expiration(new Date(now + JwtScene.LIFETIME * 1000L))
            .issuedAt(new Date(now))
            .id(JwtScene.newId())
            .claim("sid", JwtScene.SESSION)
            .claim("epoch", JwtScene.EPOCH)
            .claim("username", JwtScene.USERNAME)
            .claim("roles", JwtScene.ROLES)
            .claim("scope", JwtScene.SCOPE);
    JwtBuilder signed =
        switch (scene.algorithm) {
          case "HS256" -> builder.signWith((SecretKey) key, Jwts.SIG.HS256);
          case "RS256" -> builder.signWith(scene.closed(), Jwts.SIG.RS256);
          case "ES256" -> builder.signWith(scene.closed(), Jwts.SIG.ES256);
          default -> builder.signWith(scene.closed(), Jwts.SIG.EdDSA);
        };
    return signed.compact();
  }
}
