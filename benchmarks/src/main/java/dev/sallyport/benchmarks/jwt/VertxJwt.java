package dev.sallyport.benchmarks.jwt;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;

/**
 * vertx-auth-jwt: one provider, which has its keys as JWK and so needs no Vert.x around it. It
 * looks at no {@code typ}, shows the host none, and writes JWT, whatever it is told.
 */
final class VertxJwt implements JwtPeer {
  private final JWTAuth auth;
  private final JWTOptions options;

  VertxJwt(JwtScene scene) {
    JWTOptions checks =
        new JWTOptions()
            .setIssuer(JwtScene.ISSUER)
            .addAudience(JwtScene.AUDIENCE)
            .setLeeway(JwtScene.LEEWAY);
    auth =
        JWTAuth.create(
            null,
            new JWTAuthOptions()
                .addJwk(new JsonObject(scene.jwk().toJSONString()))
                .setJWTOptions(checks));
    options =
        new JWTOptions()
            .setAlgorithm(scene.algorithm)
            .setHeader(new JsonObject().put("kid", JwtScene.KEY_ID))
            .setNoTimestamp(true);
  }

  @Override
  public String verify(String token) {
    Future<User> user = auth.authenticate(new TokenCredentials(token));
    JwtScene.require(user.succeeded(), "token");
    return user.result().principal().getString("sub"); // subject() would be the username
  }

  @Override
  public String issue() {
    long now = JwtScene.now();
    JsonObject claims =
        new JsonObject()
            .put("iss", JwtScene.ISSUER)
            .put("sub", JwtScene.SUBJECT)
            .put("aud", JwtScene.AUDIENCE)
            .put("exp", now + JwtScene.LIFETIME)
            .put("iat", now)
            .put("jti", JwtScene.newId())
            .put("sid", JwtScene.SESSION)
            .put("epoch", JwtScene.EPOCH)
            .put("username", JwtScene.USERNAME)
            .put("roles", new JsonArray(JwtScene.ROLES))
            .put("scope", JwtScene.SCOPE);
    return auth.generateToken(claims, options);
  }
}
