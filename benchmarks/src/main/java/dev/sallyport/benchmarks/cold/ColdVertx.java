package dev.sallyport.benchmarks.cold;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;

/** vertx-auth-jwt, without a Vert.x around it. */
final class ColdVertx {
  private ColdVertx() {}

  /** Verifies the token of the second argument with the secret of the first. */
  public static void main(String[] args) {
    JsonObject key =
        new JsonObject()
            .put("kty", "oct")
            .put("alg", "HS256")
            .put("kid", ColdToken.KEY_ID)
            .put("k", args[0]);
    JWTOptions checks =
        new JWTOptions()
            .setIssuer(ColdToken.ISSUER)
            .addAudience(ColdToken.AUDIENCE)
            .setLeeway(ColdToken.LEEWAY);
    JWTAuth auth = JWTAuth.create(null, new JWTAuthOptions().addJwk(key).setJWTOptions(checks));
    Future<User> user = auth.authenticate(new TokenCredentials(args[1]));
    String subject = user.result().principal().getString("sub");
    if (!subject.equals(ColdToken.SUBJECT)) {
      throw new IllegalStateException(subject);
    }
  }
}
